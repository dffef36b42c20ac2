import type { Decision, Task } from '@awe/engine/approval';
import type { Rule } from '@awe/engine/policy';
import { CompiledQuery, type Kysely, sql } from 'kysely';
import type { RequestLine } from '../integrity/export-line.ts';
import { COMMIT, COMMIT_PARAMETERS } from './commit-statement.ts';
import { type Database, openDatabase } from './database.ts';
import type { StoredPolicy } from './policies.ts';
import type { Tables } from './tables.ts';

const CONNECT_TIMEOUT_MS = 10_000;
/** The first statements of an empty database, and checks of foreign keys, may take a while. */
const STATEMENT_TIMEOUT_MS = 600_000;

/** Plans are made while the tables are empty, those of foreign keys too, and must still be good when they are full. */
const INDEX_ONLY = { enable_seqscan: 'off' };

/** The database to import into. */
export function openTarget(url: string): Database {
  return openDatabase({
    url,
    poolSize: 1,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    session: INDEX_ONLY,
    onError: () => {},
  });
}

/** Runs `work` in one transaction: it is there whole, or not at all. */
export function asOne<Result>(
  target: Database,
  work: (trx: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  return target.kysely.transaction().execute(work);
}

/** Writes a version with the ids that it, its stages and its rules have. */
export async function insertPolicy(trx: Kysely<Tables>, { stages, ...version }: StoredPolicy): Promise<void> {
  await trx.insertInto('approval_policy').values(version).execute();
  if (stages.length === 0) return;
  const ruleRows = (stageId: string, rules: readonly Rule[], escalation: boolean) =>
    rules.map((rule, position) => ({
      ...rule,
      rule_value: JSON.stringify(rule.rule_value),
      stage_id: stageId,
      position,
      escalation,
    }));
  await trx
    .insertInto('approval_stage')
    .values(
      stages.map(({ rules: _, escalation_rules: __, skip_if, ...stage }) => ({
        ...stage,
        policy_id: version.id,
        skip_if: skip_if === null ? sql<string>`null` : JSON.stringify(skip_if),
      })),
    )
    .execute();
  const rules = stages.flatMap((stage) => [
    ...ruleRows(stage.id, stage.rules, false),
    ...ruleRows(stage.id, stage.escalation_rules, true),
  ]);
  if (rules.length > 0) await trx.insertInto('approver_rule').values(rules).execute();
}

/** What the commit statement calls created requests: no key, no delivery, and no audit row of their own. */
type Rows = Record<(typeof COMMIT_PARAMETERS)[number], readonly object[]>;

/** Writes whole requests by the statement that everything about approvals is written by. No delivery is queued. */
export async function insertRequests(trx: Kysely<Tables>, lines: readonly RequestLine[]): Promise<void> {
  const rows: Rows = {
    keys: [],
    created: lines.map(({ request, stages, head }) => ({
      ...request,
      stages,
      head,
      next_attempt_at: null,
      keyed: false,
    })),
    changed: [],
    tasks_added: lines.flatMap((line): Task[] => line.tasks),
    tasks_changed: [],
    decisions: lines.flatMap((line): Decision[] => line.decisions),
    events: lines.flatMap((line) => line.events),
    deliveries: [],
    audit: [],
  };
  const parameters = COMMIT_PARAMETERS.map((table) => JSON.stringify(rows[table]));
  await trx.executeQuery(CompiledQuery.raw(COMMIT, parameters));
}
