import type { JWK } from 'jose';
import type { Witness } from './audit-check.ts';
import {
  checkpointHash,
  checkpointKeyId,
  createRoot,
  readCheckpoint,
  type Statement,
  verifyCheckpoint,
} from './checkpoint.ts';
import type { CheckpointLine, Entry, EntryLine } from './export-line.ts';
import { type Fault, said } from './fault.ts';

/** Takes checkpoints in their order, each followed by its entries. */
export type CheckpointCheck = {
  take: (line: CheckpointLine) => Promise<void>;
  takeEntry: (line: EntryLine) => void;
  /** Once there are no more. `kept` are those that the auditor has from before. */
  finish: (kept: readonly string[]) => Promise<Fault[]>;
  /** When the first one was made; null: there is none. */
  since: () => string | null;
  count: () => number;
};

type Told = {
  /** By its id. */
  keyOf: (id: string) => JWK | undefined;
  onEntry: (entry: Entry, number: number) => void;
  onAudit: (witness: Witness) => void;
};

export function createCheckpointCheck({ keyOf, onEntry, onAudit }: Told): CheckpointCheck {
  const faults: Fault[] = [];
  const byNumber = new Map<number, string>();
  let first: string | null = null;
  let last: { number: number; jws: string } | null = null;
  let open: { statement: Statement; root: ReturnType<typeof createRoot>; newestId: string } | null = null;

  async function read(place: string, jws: string): Promise<Statement | null> {
    try {
      const id = checkpointKeyId(jws);
      const key = keyOf(id);
      if (key) return await verifyCheckpoint(jws, key);
      faults.push({ place, message: `is signed with the key ${id}, which nobody vouches for` });
      return readCheckpoint(jws);
    } catch (error) {
      faults.push({ place, message: `is not what was signed (${said(error)})` });
      return null;
    }
  }

  function close(): void {
    if (open === null) return;
    const { statement, root } = open;
    const { number, requests } = statement;
    const count = root.count();
    if (count !== requests.count || root.value() !== requests.root) {
      faults.push({
        place: `checkpoint ${number}`,
        message: `tells of ${requests.count} requests by another root than that of the ${count} entries there are`,
      });
    }
    open = null;
  }

  return {
    async take({ number, jws }) {
      close();
      const place = `checkpoint ${number}`;
      byNumber.set(number, jws);
      const statement = await read(place, jws);
      const expected = (last?.number ?? 0) + 1;
      if (number !== expected || (statement && statement.number !== number)) {
        faults.push({
          place,
          message: `stands where checkpoint ${expected} should: checkpoints were removed or numbered anew`,
        });
      }
      const previous = last === null ? null : checkpointHash(last.jws);
      last = { number, jws };
      if (statement === null) return;
      if (statement.previous !== previous) {
        faults.push({ place, message: 'was not made after the checkpoint that stands before it' });
      }
      first ??= statement.created_at;
      onAudit({ who: place, ...statement.audit });
      open = { statement, root: createRoot(), newestId: '' };
    },

    takeEntry({ number, request_id, sequence, hash }) {
      const entry = { request_id, sequence, hash };
      if (open?.statement.number !== number || request_id <= open.newestId) {
        const place = `checkpoint ${number}`;
        faults.push({ place, message: `the entry of request ${request_id} is not in its place` });
      } else {
        open.newestId = request_id;
        open.root.add(entry);
      }
      onEntry(entry, number);
    },

    async finish(kept) {
      close();
      for (const jws of kept) {
        const statement = await read('a checkpoint that you keep', jws);
        if (statement === null) continue;
        const place = `checkpoint ${statement.number}`;
        const exported = byNumber.get(statement.number);
        if (exported !== jws) {
          const message =
            exported === undefined ? 'is kept by you, and is gone' : 'is not the one that you keep';
          faults.push({ place, message });
        }
        onAudit({ who: `the ${place} that you keep`, ...statement.audit });
      }
      return faults;
    },

    since: () => first,
    count: () => byNumber.size,
  };
}
