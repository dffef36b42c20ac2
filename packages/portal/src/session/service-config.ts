import { ApiFailure, failureOf } from '../api/failure.ts';
import type { AssigneeClaim } from './principal.ts';

/** What the portal has to know before anybody is signed in. `issuer` is null in development identity. */
export type ServiceConfig = { issuer: string | null; assigneeClaim: AssigneeClaim };

type Visible = { keycloak: { issuer: string | null }; auth: { assignee_claim: AssigneeClaim } };

/** @throws ApiFailure */
export async function readServiceConfig(): Promise<ServiceConfig> {
  let response: Response;
  try {
    response = await fetch('/v1/awe/config');
  } catch (error) {
    throw new ApiFailure(error instanceof Error ? error.message : String(error), { status: 0 });
  }
  if (!response.ok) throw await failureOf(response);
  const { keycloak, auth } = (await response.json()) as Visible;
  return { issuer: keycloak.issuer, assigneeClaim: auth.assignee_claim };
}
