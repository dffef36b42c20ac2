import type { Handler } from '../handler.ts';
import { picked, pickingOf } from '../picking.ts';

export const listKeycloakGroups: Handler<'listKeycloakGroups'> = async ({ directory }, { query }) =>
  picked(await directory.groups(pickingOf(query)));
