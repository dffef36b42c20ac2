import type { Handler } from '../handler.ts';
import { picked, pickingOf } from '../picking.ts';

export const listKeycloakUsers: Handler<'listKeycloakUsers'> = async ({ directory }, { query }) =>
  picked(await directory.users(pickingOf(query)));
