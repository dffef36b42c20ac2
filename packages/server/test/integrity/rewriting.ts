import { auditDigest, auditLink, FIRST_AUDIT_LINK } from '@awe/server/integrity/audit-chain';
import { readCheckpoint, type Statement, signCheckpoint } from '@awe/server/integrity/checkpoint';
import { eventLink, genesisOf } from '@awe/server/integrity/event-chain';
import { readAuditLines } from '@awe/server/ledger/export-audit';
import { readRequestLine } from '@awe/server/ledger/export-requests';
import type { Tables } from '@awe/server/ledger/tables';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { type Kysely, sql } from 'kysely';
import type { Chronicle } from './chronicle.ts';

// What somebody does who owns the database and knows how everything in it is made.

/** Another artifact in every place that names it, and every link after it. */
export async function rewriteTimeline(db: Kysely<Tables>, id: string): Promise<void> {
  const line = await readRequestLine(db, id);
  if (!line) throw new Error('it is not there');
  const request = { ...line.request, artifact_id: 'a-9' };
  await db.updateTable('approval_request').set({ artifact_id: 'a-9' }).where('id', '=', id).execute();
  let link = genesisOf(request);
  for (const { hash: _, ...event } of line.events) {
    const payload = { ...event.payload, artifact_id: 'a-9' };
    link = eventLink(link, { ...event, payload });
    await db
      .updateTable('approval_event')
      .set({ payload: JSON.stringify(payload), hash: Buffer.from(link, 'hex') })
      .where('request_id', '=', id)
      .where('sequence', '=', event.sequence)
      .execute();
  }
  await db
    .updateTable('approval_request')
    .set({ head_hash: Buffer.from(link, 'hex') })
    .where('id', '=', id)
    .execute();
}

export async function rewriteAudit(db: Kysely<Tables>): Promise<void> {
  let link = FIRST_AUDIT_LINK;
  for (const row of await readAuditLines(db, { after: 0, upTo: 99, limit: 99 })) {
    const summary = row.sequence === 2 ? 'Nothing happened' : row.summary;
    const digest = auditDigest({ ...row, summary });
    link = auditLink(link, row.sequence, digest);
    const change = { summary, digest: Buffer.from(digest, 'hex'), hash: Buffer.from(link, 'hex') };
    await db.updateTable('audit_action').set(change).where('sequence', '=', row.sequence).execute();
  }
  await db
    .updateTable('audit_head')
    .set({ hash: Buffer.from(link, 'hex') })
    .execute();
}

export async function forgeWords(
  { kept }: Chronicle,
  db: Kysely<Tables>,
  change: (statement: Statement) => Statement,
): Promise<void> {
  const [header, , signature] = kept[1]?.jws.split('.') ?? [];
  const text = JSON.stringify(change(readCheckpoint(kept[1]?.jws ?? '')));
  const jws = [header, Buffer.from(text).toString('base64url'), signature].join('.');
  await db.updateTable('checkpoint').set({ jws }).where('number', '=', 2).execute();
}

export async function forgeWithKey({ kept }: Chronicle, db: Kysely<Tables>, isKnown: boolean): Promise<void> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const jwk = await exportJWK(publicKey);
  const id = await calculateJwkThumbprint(jwk);
  const statement = {
    ...readCheckpoint(kept[1]?.jws ?? ''),
    created_at: '2020-01-01T00:00:00.000Z',
  };
  const jws = await signCheckpoint(statement, { id, privateKey });
  await db.updateTable('checkpoint').set({ jws }).where('number', '=', 2).execute();
  if (isKnown) {
    await sql`insert into checkpoint_key (id, public_jwk, sealed, created_at, retired_at)
      values (${id}, ${JSON.stringify(jwk)}, '', now(), now())`.execute(db);
  }
}
