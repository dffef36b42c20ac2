import pg from 'pg';

/** Runs the statements one by one, as `psql` does, and answers what it would say: nothing, or the errors. */
export async function runSql(url: string, text: string, role: string | null): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const said: string[] = [];
  try {
    if (role !== null) await client.query(`set role "${role}"`);
    for (const statement of text.split(';').filter((each) => each.trim() !== '')) {
      await client.query(statement).catch((error: Error) => said.push(`ERROR:  ${error.message}`));
    }
  } finally {
    await client.end();
  }
  return said.join('\n');
}
