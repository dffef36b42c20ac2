import type { Handler } from '../handler.ts';
import { picked, pickingOf } from '../picking.ts';

export const listKeycloakClients: Handler<'listKeycloakClients'> = async ({ directory }, { query }) =>
  picked(await directory.clients(pickingOf(query)));
