import { createDevelopmentIdentity } from './development.ts';
import { readServiceConfig } from './service-config.ts';
import { startSession } from './session.ts';
import { BESIDE_PATH, CALLBACK_PATH } from './sign-in-paths.ts';

/**
 * Finds out where tokens come from, ends a sign-in that this page load belongs to, and resumes the session of this tab.
 * A window that only signs somebody in for another one stays as it is.
 * @throws ApiFailure, or what the sign-in failed with
 */
export async function openSession(): Promise<void> {
  const { issuer, assigneeClaim } = await readServiceConfig();
  if (issuer === null) return startSession(createDevelopmentIdentity(), assigneeClaim);
  const { createKeycloakIdentity } = await import('./keycloak.ts');
  const identity = createKeycloakIdentity(issuer);
  if (location.pathname === BESIDE_PATH) {
    await identity.beginBeside();
    return new Promise(() => undefined);
  }
  if (location.pathname === CALLBACK_PATH) {
    const path = await identity.finish();
    if (path === null) return new Promise(() => undefined);
    history.replaceState(null, '', path);
  }
  await startSession(identity, assigneeClaim);
}
