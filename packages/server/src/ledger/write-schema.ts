import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startScratch } from '../embedded/scratch.ts';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { dumpSchema } from './schema-dump.ts';

// Writes schema.sql from the migrations, in a database of its own that is thrown away.

const file = fileURLToPath(new URL('./schema.sql', import.meta.url));
const scratch = await startScratch();
try {
  const database = openDatabase({
    url: scratch.url,
    poolSize: 1,
    connectTimeoutMs: 10_000,
    statementTimeoutMs: 60_000,
    onError: (error) => console.error(error.message),
  });
  try {
    await migrate(database, console.log);
    await writeFile(file, await dumpSchema(database.pool));
  } finally {
    await database.close();
  }
} finally {
  await scratch.stop();
}
console.log(`wrote ${file}`);
