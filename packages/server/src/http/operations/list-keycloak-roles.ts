import type { Handler } from '../handler.ts';
import { picked, pickingOf } from '../picking.ts';

export const listKeycloakRoles: Handler<'listKeycloakRoles'> = async ({ directory }, { query }) =>
  picked(await directory.roles({ ...pickingOf(query), client: query.client ?? null }));
