import type { Received } from '../../packages/server/demo/receiver.ts';
import { describeCall, type RecordedCall } from '../load/recorded-call.ts';
import { lostChanges } from './acknowledged.ts';
import { type Causes, findCauses } from './causes.ts';
import { checkDeliveries } from './deliveries.ts';
import { idempotencyFaults } from './idempotency.ts';
import { inventedChanges } from './invented.ts';
import type { Ledger } from './ledger.ts';
import { orderFaults } from './order.ts';
import { readFaults } from './reads.ts';

/** What clients did, what the receiver got, and what the ledger says of it, when all has come to rest. */
export type History = {
  calls: readonly RecordedCall[];
  received: readonly Received[];
  ledger: Ledger;
  /** Services were only asked to stop, which lets what is in flight end and be answered. */
  isGraceful?: boolean;
};

/** `lost` is what was promised and is not there; `faults` are all sentences, those of `lost` included. */
export type Verdict = { faults: string[]; lost: number; deliveries: number; duplicates: number };

/** Holds what the clients were told against what the ledger and the receiver hold. */
export function judge({ calls, received, ledger, isGraceful = false }: History): Verdict {
  const causes = findCauses(calls, ledger);
  const lost = lostChanges(calls, ledger, causes);
  const deliveries = checkDeliveries(received, ledger);
  const faults = [
    ...lost,
    ...deliveries.lost,
    ...deliveries.wrong,
    ...inventedChanges(calls, ledger, causes),
    ...idempotencyFaults(calls, ledger),
    ...orderFaults(ledger, causes),
    ...readFaults(calls, ledger, causes),
    ...ownFaults(calls),
    ...(isGraceful ? cutShort(calls, causes) : []),
  ];
  return {
    faults,
    lost: lost.length + deliveries.lost.length,
    deliveries: deliveries.wanted,
    duplicates: deliveries.duplicates,
  };
}

/** A 500 is a fault of the service's own, whatever fell beneath it. */
function ownFaults(calls: readonly RecordedCall[]): string[] {
  return calls
    .filter((call) => call.answer !== null && call.answer.status >= 500 && call.answer.status !== 503)
    .map((call) => `${describeCall(call)} was answered ${call.answer?.text}.`);
}

function cutShort(calls: readonly RecordedCall[], { eventOf }: Causes): string[] {
  return calls
    .filter((call) => call.answer === null && eventOf.has(call.id))
    .map((call) => `${describeCall(call)} was carried out, and its answer was cut off by a graceful stop.`);
}
