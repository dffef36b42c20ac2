import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@awe/client';
import { parse } from 'yaml';
import { tokenOf } from '../../../packages/server/demo/caller.ts';
import { freshDatabase } from '../../../packages/server/test/postgres.ts';
import { startProcess } from '../../../packages/server/test/process/service-process.ts';
import { admin, ENCRYPTION_KEYS } from '../../../packages/server/test/service/stand.ts';
import { type Gate, openGate } from './gate.ts';
import { type RegisterProcess, startRegister } from './register-process.ts';

const POLICY = join(import.meta.dirname, '../policy/change-request.yaml');

/** AWE and the register as processes of their own, each reached by the other through a gate. */
export type BothServices = {
  admin: Client;
  /** Their calls to AWE, past the register. */
  person: (id: string) => Client;
  toAwe: Gate;
  toRegister: Gate;
  registerUrl: () => string;
  /** What AWE signs with. */
  secret: string;
  killRegister: () => Promise<void>;
  startRegister: () => Promise<void>;
  stopAwe: () => Promise<void>;
  startAwe: () => Promise<void>;
  close: () => Promise<void>;
};

export async function startBoth(): Promise<BothServices> {
  const directory = await mkdtemp(join(tmpdir(), 'awe-caller-'));
  const database = await freshDatabase();
  const [toAwe, toRegister] = await Promise.all([openGate(), openGate()]);
  const client = createClient({ baseUrl: toAwe.url, token: tokenOf(admin) });
  let register: RegisterProcess | null = null;

  const startAwe = async () => {
    const awe = startProcess(directory, {
      DATABASE_URL: database.url,
      AWE__DATABASE__POOL_SIZE: '4',
      AWE__SECRETS__ENCRYPTION_KEYS: ENCRYPTION_KEYS,
      AWE__WEBHOOK__BACKOFF_SECONDS: '[0.05]',
      AWE__WEBHOOK__MAX_ATTEMPTS: '3',
      AWE__WEBHOOK__POLL_INTERVAL_SECONDS: '0.05',
    });
    toAwe.leadsTo(await awe.up);
    return awe;
  };
  let awe = await startAwe();

  const begin = async () => {
    register = await startRegister({
      AWE_URL: toAwe.url,
      REGISTER_DIRECTORY: directory,
      REGISTER_CALLBACK_URL: `${toRegister.url}/approvals`,
      REGISTER_CATCH_UP_SECONDS: '0.05',
    });
    toRegister.leadsTo(register.url);
  };
  await publishPolicy(client);
  const made = await client.createSecret({ body: { name: 'land-register' } });
  await writeFile(join(directory, 'callback-secret.json'), JSON.stringify(made), { mode: 0o600 });
  await begin();

  return {
    admin: client,
    person: (id) => client.as(tokenOf({ sub: id })),
    toAwe,
    toRegister,
    registerUrl: () => register?.url ?? '',
    secret: String(made.secret),
    startRegister: begin,
    killRegister: async () => {
      toRegister.leadsTo(null);
      await register?.end('SIGKILL');
    },
    startAwe: async () => {
      awe = await startAwe();
    },
    stopAwe: async () => {
      toAwe.leadsTo(null);
      awe.process.kill('SIGTERM');
      await awe.ended;
    },
    close: async () => {
      await register?.end('SIGTERM');
      awe.process.kill('SIGTERM');
      await awe.ended;
      toAwe.close();
      toRegister.close();
      await database.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function publishPolicy(awe: Client): Promise<void> {
  const { version, policy_key } = await awe.createPolicy({ body: parse(await readFile(POLICY, 'utf8')) });
  await awe.activate({ path: { policy_key, version } });
}
