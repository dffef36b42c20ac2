import type { Counterpart } from './counterpart.ts';
import type { Stand } from './stand.ts';
import { storyOf } from './story.ts';

export type Delivery = {
  id: string;
  request_id: string;
  event_type: string;
  receiver: string;
  sequence: number;
  status: string;
  attempt: number;
  next_attempt_at: string | null;
  delivered_at: string | null;
  created_at: string;
};

type AuditRow = { before: unknown; after: unknown; metadata: Record<string, unknown>; actor: string };

export const viewer = { sub: 'vic', roles: ['AWE_VIEWER'] };
export const isDelivered = ({ status }: Delivery) => status === 'delivered';
export const isExhausted = ({ status }: Delivery) => status === 'exhausted';

/** What operators do with deliveries to somebody who is down. Both are asked for at each word: they open before the first test. */
export function deliveryWords(stand: () => Stand, down: () => Counterpart) {
  const list = (query: object) =>
    stand().call<Delivery[]>(viewer, 'GET', `/admin/deliveries?${new URLSearchParams({ ...query })}`);
  const start = async (callback_url: string) =>
    (await storyOf(stand()).create('simple', { callback_url })).body.request_id;
  /** Asks until the deliveries of a request are as they should be; the test's own limit ends the wait. */
  const untilAll = async (request_id: string, fits: (delivery: Delivery) => boolean) => {
    for (;;) {
      const { body } = await list({ request_id });
      if (body.length > 0 && body.every(fits)) return body;
    }
  };
  return {
    list,
    start,
    untilAll,
    /** Two exhausted deliveries of a request, at a path of their own. */
    exhausted: async (path: string) => {
      down().answers({ status: 410 });
      const receiver = `${down().url}${path}`;
      const request_id = await start(receiver);
      return { receiver, request_id, deliveries: await untilAll(request_id, isExhausted) };
    },
    callsTo: (path: string) => down().calls.filter((call) => call.path === path),
    /** The audit rows of an action about a resource, newest first. */
    audit: async (action: string, resource_id: string) => {
      const query = new URLSearchParams({ action, resource_id });
      return (await stand().call<AuditRow[]>(viewer, 'GET', `/admin/audit?${query}`)).body;
    },
  };
}
