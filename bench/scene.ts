import { type Client, createClient } from './client.ts';
import { runSql } from './cluster.ts';
import { type ServiceUnderTest, startServiceUnderTest } from './service-under-test.ts';
import type { Setting } from './setting.ts';

/** A service on a database of its own, with the two-stage policy active. */
export type Scene = {
  databaseUrl: string;
  service: ServiceUnderTest;
  client: Client;
  admin: string;
  close: () => Promise<void>;
};

export const POLICY = 'bench.flow';
export const ARTIFACT_TYPE = 'bench';

const user = (user_id: string) => ({ rule_type: 'user', rule_value: { user_id } });

/** Either of two officers, then the director. */
const STAGES = [
  { name: 'Officers', stage_order: 1, mode: 'any-n', mode_value: 1, rules: [user('olga'), user('omar')] },
  { name: 'Director', stage_order: 2, rules: [user('dora')] },
];

/** Opens a scene for as long as `play` takes. */
export async function withScene<Result>(
  setting: Setting,
  play: (scene: Scene) => Promise<Result>,
): Promise<Result> {
  const scene = await openScene(setting);
  try {
    return await play(scene);
  } finally {
    await scene.close();
  }
}

export async function openScene({ cluster, identity, callers }: Setting): Promise<Scene> {
  const databaseUrl = await cluster.newDatabase();
  const service = await startServiceUnderTest(databaseUrl, identity);
  const client = createClient(service.url, callers);
  const close = async () => {
    await client.close();
    await service.stop();
    // Its autovacuum would fall into somebody else's measurement.
    await cluster.dropDatabase(databaseUrl);
  };
  try {
    const admin = await identity.tokenFor('ada', ['AWE_ADMIN']);
    const policy = { policy_key: POLICY, name: 'Flow', artifact_type: ARTIFACT_TYPE, stages: STAGES };
    await publish(client, admin, policy);
    return { databaseUrl, service, client, admin, close };
  } catch (error) {
    await close();
    throw error;
  }
}

export async function publish(
  client: Client,
  admin: string,
  policy: { policy_key: string; [field: string]: unknown },
): Promise<void> {
  await client.call(admin, 'POST', '/policies', policy);
  await client.call(admin, 'POST', `/policies/${policy.policy_key}/versions/1/activate`);
}

/** Settles what earlier loads left behind, so that it does not fall into the next measurement. */
export async function settle(databaseUrl: string): Promise<void> {
  await runSql(databaseUrl, 'vacuum (analyze)', 'checkpoint');
}
