import type { Database } from '@awe/server/ledger/database';
import type { Tables } from '@awe/server/ledger/tables';
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { expect } from 'vitest';

export type Plan = {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Plan[];
};

type Statement = { sql: string; parameters: readonly unknown[] };

/** Every node of the plans of what `work` asks, as it really ran, none of them over `mostBlocks` pages of 8 kB. */
export async function plansOf(
  database: Database,
  work: (db: Kysely<Tables>) => Promise<unknown>,
  mostBlocks: number,
): Promise<Plan[]> {
  const statements: Statement[] = [];
  const watched = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: database.pool }),
    log: ({ query }) => {
      statements.push(query);
    },
  });
  await work(watched);
  return explain(database, statements, mostBlocks);
}

/** The same for statements that are sent to the pool itself. */
export async function plansOfPool(
  database: Database,
  work: (pool: Pool) => Promise<unknown>,
  mostBlocks: number,
): Promise<Plan[]> {
  const statements: Statement[] = [];
  const query = (asked: string | { text: string; values: unknown[] }, given: unknown[] = []) => {
    const { text, values } = typeof asked === 'string' ? { text: asked, values: given } : asked;
    statements.push({ sql: text, parameters: values });
    return database.pool.query(text, values);
  };
  await work({ query } as unknown as Pool);
  return explain(database, statements, mostBlocks);
}

async function explain(
  database: Database,
  statements: readonly Statement[],
  mostBlocks: number,
): Promise<Plan[]> {
  const plans: Plan[] = [];
  for (const { sql, parameters } of statements) {
    const { rows } = await database.pool.query(`explain (analyze, buffers, format json) ${sql}`, [
      ...parameters,
    ]);
    const walk = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(walk)];
    const whole: Plan = rows[0]['QUERY PLAN'][0].Plan;
    expect(whole['Shared Hit Blocks'] + whole['Shared Read Blocks']).toBeLessThan(mostBlocks);
    plans.push(...walk(whole));
  }
  return plans;
}

/** The indexes that are read; nothing is read otherwise, except tables that are known to be `small`. */
export function indexesIn(plans: readonly Plan[], small: readonly string[] = []): string[] {
  const scanned = plans
    .filter((plan) => plan['Node Type'] === 'Seq Scan')
    .map((plan) => plan['Relation Name']);
  expect(scanned.filter((table) => !small.includes(table ?? ''))).toEqual([]);
  return [...new Set(plans.flatMap((plan) => plan['Index Name'] ?? []))];
}
