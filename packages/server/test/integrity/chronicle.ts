import type { CheckpointOut, ProofOut } from '@awe/contract/integrity';
import { exportText } from '@awe/server/integrity/export';
import type { ExportLine } from '@awe/server/integrity/export-line';
import { proveRequest } from '@awe/server/integrity/proof';
import { type Verdict, type VerifyOptions, verifyExport } from '@awe/server/integrity/verify-export';
import { openDatabase } from '@awe/server/ledger/database';
import type { Tables } from '@awe/server/ledger/tables';
import { type Kysely, sql } from 'kysely';
import { expect } from 'vitest';
import { admin, openStand, type Stand } from '../service/stand.ts';
import { policyOf, storyOf, user } from '../service/story.ts';

/** A log with something of everything in it, and two checkpoints that were kept. */
export type Chronicle = {
  stand: Stand;
  /** approved and stated; begun before there were chains; stated while open; and begun after the last checkpoint. */
  ids: { ended: string; old: string; open: string; late: string };
  kept: CheckpointOut[];
  lines: () => Promise<ExportLine[]>;
  /**
   * What an auditor sees once these statements were run by somebody who can do everything in the database. They are
   * undone afterwards.
   */
  after: (tampering: Tampering, options?: VerifyOptions) => Promise<Seen>;
  close: () => Promise<void>;
};

/** Statements with `$ended` and the like in the place of ids, or whatever else can be done. */
export type Tampering = readonly string[] | ((db: Kysely<Tables>) => Promise<void>);

/** `places` are those of the faults. */
export type Seen = {
  verdict: Verdict;
  places: string[];
  proofs: (id: string) => ProofOut | null;
};

export async function openChronicle(): Promise<Chronicle> {
  const stand = await openStand();
  const database = openDatabase({
    url: stand.databaseUrl,
    poolSize: 1,
    connectTimeoutMs: 30_000,
    statementTimeoutMs: 60_000,
    onError: (error) => {
      throw error;
    },
  });
  const { ids, kept } = await live(stand);
  return {
    stand,
    ids,
    kept,
    lines: () => linesOf(database.kysely),
    after: async (tampering, options = {}) => {
      let seen: Seen | null = null;
      const undone = new Error('undone');
      const look = database.kysely.transaction().execute(async (trx) => {
        // Neither triggers nor foreign keys stop somebody who owns the database.
        await sql`set local session_replication_role = replica`.execute(trx);
        if (typeof tampering === 'function') await tampering(trx);
        else for (const statement of tampering) await sql.raw(filled(statement, ids)).execute(trx);
        const proofs = new Map<string, ProofOut | null>();
        for (const id of Object.values(ids)) proofs.set(id, await proveRequest(trx, id));
        const verdict = await verifyExport(await linesOf(trx), options);
        const places = verdict.faults.map(({ place }) => place);
        seen = { verdict, places, proofs: (id) => proofs.get(id) ?? null };
        throw undone;
      });
      await look.catch((error: unknown) => {
        if (error !== undone) throw error;
      });
      if (seen === null) throw new Error('nobody looked');
      return seen;
    },
    close: async () => {
      await database.close();
      await stand.close();
    },
  };
}

function filled(statement: string, ids: Chronicle['ids']): string {
  return statement.replaceAll(/\$(ended|old|open|late)/g, (_, which: keyof typeof ids) => `'${ids[which]}'`);
}

async function linesOf(db: Kysely<Tables>): Promise<ExportLine[]> {
  let text = '';
  for await (const part of exportText(db, { since: null, until: null }, '2026-04-23T10:00:00.000Z'))
    text += part;
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

async function live(stand: Stand): Promise<Pick<Chronicle, 'ids' | 'kept'>> {
  const story = storyOf(stand);
  await stand.publish(
    policyOf('chained', [{ rules: [user('alice'), user('bob')] }, { rules: [user('carl')] }]),
  );
  const start = async () => {
    const context = { amount: 12.5, place: { district: 'D1', plots: ['a', { size: 3, wet: false }] } };
    const { body } = await story.create('chained', { callback_url: stand.receiver.url, context });
    return body.request_id;
  };
  const checkpoint = async () => (await stand.call<CheckpointOut>(admin, 'GET', '/admin/checkpoint')).body;

  const old = await start();
  await stand.sql('update approval_event set hash = null where request_id = $1', [old]);
  await stand.sql('update approval_request set head_hash = null where id = $1', [old]);
  const ended = await start();
  const open = await start();
  await story.decide(ended, 'alice', 'approve', {
    comment: 'I looked at the plots',
    attachments_ref: 's3://x',
  });
  await story.decide(ended, 'bob', 'approve');
  const { id } = await story.taskOf(ended, 'carl');
  await stand.call(admin, 'POST', `/tasks/${id}/decision`, { action: 'approve', comment: 'by phone' });
  await story.decide(open, 'alice', 'approve');
  const first = await checkpoint();
  expect((await checkpoint()).number).toBe(first.number);
  await story.decide(open, 'bob', 'approve');
  await story.decide(old, 'alice', 'approve');
  const window = { starts_at: '2030-01-01T00:00:00Z', ends_at: '2031-01-01T00:00:00Z' };
  const away = (user_id: string) =>
    stand.call(admin, 'POST', '/delegations', { user_id, delegate_to: 'deputy', ...window });
  await away('dora');
  const second = await checkpoint();
  const late = await start();
  await story.decide(late, 'alice', 'approve');
  await away('emil');
  return { ids: { ended, old, open, late }, kept: [first, second] };
}
