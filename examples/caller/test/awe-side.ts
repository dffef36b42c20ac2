import type { Client, Schemas } from '@awe/client';
import type { BothServices } from './both-services.ts';
import type { Exchange } from './gate.ts';

type Request = Schemas['RequestOut'];

/** A change as AWE knows it, past the register. A change is named by the path of its page. */
export type AweSide = {
  requestsOf: (change: string) => Promise<Request[]>;
  /** Its only request. */
  requestOf: (change: string) => Promise<Request>;
  /** In AWE's portal, say: while the register is away. */
  approves: (person: string, requestId: string) => Promise<void>;
  /** The id of the delivery that tells of the end, once AWE has given up sending it. */
  exhausted: (requestId: string) => Promise<string>;
};

export function aweSide({ admin, person }: Pick<BothServices, 'admin' | 'person'>): AweSide {
  const requestsOf = (change: string) => admin.searchRequests({ query: { artifact_id: idOf(change) } });
  return {
    requestsOf,
    requestOf: async (change) => {
      const [request, second] = await requestsOf(change);
      if (!request || second)
        throw new Error(`AWE has ${second ? 'several requests' : 'no request'} of ${change}`);
      return request;
    },
    approves: (id, requestId) => approve(person(id), requestId),
    exhausted: async (requestId) => {
      const query = { request_id: requestId, status: 'exhausted' };
      for (;;) {
        const given = await admin.listDeliveries({ query });
        const found = given.find(({ event_type }) => event_type === 'request_approved');
        if (found) return found.id;
      }
    },
  };
}

async function approve(awe: Client, requestId: string): Promise<void> {
  const [task] = await awe.listTasks({ query: { request_id: requestId, status: 'open' } });
  await awe.decide({ path: { task_id: task?.id ?? '' }, body: { action: 'approve' } });
}

export function idOf(change: string): string {
  return change.replace('/changes/', '');
}

/** The webhook that tells the end of a change. */
export function isApproval(change: string) {
  return ({ said }: Exchange) => said.includes('"request_approved"') && said.includes(idOf(change));
}
