import type { Client, Schemas } from '@awe/client';
import { CliFailure } from '../failure.ts';

/**
 * The secret that a person names by its id or its name.
 * @throws CliFailure when there is none
 */
export async function namedSecret(
  awe: Client,
  idOrName: string,
  signal: AbortSignal,
): Promise<Schemas['SecretOut']> {
  const secrets = await awe.listSecrets({ signal });
  // A name may look like an id: the id goes first, for it is what requests use.
  const found = secrets.find(({ id }) => id === idOrName) ?? secrets.find(({ name }) => name === idOrName);
  if (found !== undefined) return found;
  throw new CliFailure(
    `No secret has the id or the name "${idOrName}". Those that there are: awe secret list`,
  );
}
