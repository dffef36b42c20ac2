import { type EventOf, type Receiver, receiveWebhooks } from '@awe/client/webhooks';
import { type Approvals, ARTIFACT_TYPE } from './approvals.ts';
import { findChange } from './register/changes.ts';
import { carryOut } from './register/ending.ts';
import type { Register } from './register/open.ts';

type Setting = { register: Register; approvals: Approvals; secret: string; say: (line: string) => void };

type Ended = EventOf<'request_approved' | 'request_rejected' | 'request_cancelled'>;

/**
 * What AWE tells us. The signature is checked before anything here is called, and a handler that throws is answered 500, so
 * that AWE sends the event again.
 *
 * The receiver's own `dedup` is not used: with SQLite a transaction is synchronous, and fits into the handler as a whole. With
 * a database that is waited for, `dedup` opens the transaction around the handler.
 */
export function openWebhook({ register, approvals, secret, say }: Setting): Receiver {
  async function ended(event: Ended): Promise<void> {
    const change = event.artifact_type === ARTIFACT_TYPE ? findChange(register, event.artifact_id) : null;
    if (change === null) return say(`webhook ${event.event_type}: of nothing that we know`);
    // It came before the answer that names our request, or that answer got lost: asked again, AWE names the same one.
    if (change.request_id === null) await approvals.start(change);
    const reason = event.data.reason ?? null;
    const became = carryOut(register, { ...event, reason }, new Date().toISOString());
    say(`webhook ${event.event_type}: change ${change.id}: ${became}`);
  }

  return receiveWebhooks({
    secrets: [secret],
    // Steps on the way are shown from AWE's timeline when somebody looks, so that the order in which they come is no matter.
    on: { request_approved: ended, request_rejected: ended, request_cancelled: ended },
    onRefused: (refused) => say(`webhook refused: ${refused.code}`),
  });
}
