import { auditDigest, auditLink, FIRST_AUDIT_LINK } from './audit-chain.ts';
import type { AuditHeadLine, AuditLine } from './export-line.ts';
import type { Fault } from './fault.ts';
import type { Link } from './link.ts';

/** What somebody knows of the audit log: that its row of this number has this link. `who` says it. */
export type Witness = { who: string; sequence: number; hash: Link };

/** Takes the rows of the audit log in their order and computes its chain anew. */
export type AuditCheck = {
  take: (row: AuditLine) => void;
  /** Once there are no more. `head` is what the database holds beside the rows; null: nobody said. */
  finish: (head: AuditHeadLine | null) => Fault[];
  rows: () => number;
};

export function createAuditCheck(witnesses: () => readonly Witness[]): AuditCheck {
  const faults: Fault[] = [];
  const seen = new Map<number, Link>();
  let rows = 0;
  let previous = FIRST_AUDIT_LINK;
  let wanted: Set<number> | null = null;

  return {
    take(row) {
      rows += 1;
      wanted ??= new Set(witnesses().map(({ sequence }) => sequence));
      const place = `audit row ${row.sequence}`;
      if (row.sequence !== rows) {
        faults.push({
          place,
          message: `stands where row ${rows} should: rows were removed, added or numbered anew`,
        });
        rows = row.sequence;
      }
      const digest = auditDigest(row);
      if (digest !== row.digest) faults.push({ place, message: 'does not match its digest: it was changed' });
      if (auditLink(previous, row.sequence, digest) !== row.hash) {
        faults.push({
          place,
          message: 'does not match its link: it was changed, or is not the one that followed',
        });
      }
      previous = row.hash;
      if (wanted.has(row.sequence)) seen.set(row.sequence, row.hash);
    },

    finish(head) {
      if (head !== null && (head.sequence !== rows || head.hash !== previous)) {
        faults.push({
          place: 'audit head',
          message: `names row ${head.sequence}, and row ${rows} is the newest or has another link: rows were removed, or added`,
        });
      }
      for (const { who, sequence, hash } of witnesses()) {
        const link = sequence === 0 ? FIRST_AUDIT_LINK : seen.get(sequence);
        if (link === hash) continue;
        const what =
          link === undefined ? 'it is gone' : 'it has another: the audit log was written anew from there on';
        faults.push({
          place: `audit row ${sequence}`,
          message: `was seen by ${who} with the link ${hash}, and ${what}`,
        });
      }
      return faults;
    },

    rows: () => rows,
  };
}
