import type { Kysely } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Tables } from '../ledger/tables.ts';

/** What the use cases on policies work with. */
export type PolicyServices = { db: Kysely<Tables>; clock: Clock };
