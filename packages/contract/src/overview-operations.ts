import * as examples from './operating-examples.ts';
import { operation } from './operation.ts';
import { OverviewOut } from './overview.ts';

export const OVERVIEW_OPERATIONS = {
  getOverview: operation({
    operationId: 'get_overview_v1_awe_admin_overview_get',
    method: 'get',
    path: '/v1/awe/admin/overview',
    tag: 'overview',
    summary: 'See how things stand',
    description:
      'Open work and its age, requests, decisions per day, times to decision, webhooks and incidents. Each replica counts anew every few seconds at most: as_of says when it did.',
    access: 'viewer',
    success: { status: 200, schema: OverviewOut, description: 'The overview.' },
    errors: [],
    examples: { response: examples.overview },
  }),
} as const;
