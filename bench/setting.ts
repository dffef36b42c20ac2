import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cluster } from './cluster.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { type Client, createClient } from './load.ts';
import { type ServiceUnderTest, startServiceUnderTest } from './service-under-test.ts';

/** What every scenario stands on. */
export type Setting = {
  cluster: Cluster;
  identity: IdentityProvider;
  /** Null when this machine has no pgbench: then there is no floor to compare with. */
  pgbench: string | null;
  /** Seconds of each measured load. */
  seconds: number;
  quick: boolean;
};

/** A service on a database of its own, with the two-stage policy active. */
export type Scene = {
  databaseUrl: string;
  service: ServiceUnderTest;
  client: Client;
  admin: string;
  close: () => Promise<void>;
};

const user = (user_id: string) => ({ rule_type: 'user', rule_value: { user_id } });

export const POLICY = 'bench.flow';

export async function openScene(
  { cluster, identity }: Setting,
  options: { connections: number; env?: Record<string, string> },
): Promise<Scene> {
  const databaseUrl = await cluster.newDatabase();
  const service = await startServiceUnderTest(databaseUrl, identity, options.env);
  const client = createClient(service.url, options.connections);
  const admin = await identity.tokenFor('ada', ['AWE_ADMIN']);
  const stages = [
    { name: 'Officers', stage_order: 1, mode: 'any-n', mode_value: 1, rules: [user('olga'), user('omar')] },
    { name: 'Director', stage_order: 2, rules: [user('dora')] },
  ];
  await publish(client, admin, { policy_key: POLICY, name: 'Flow', artifact_type: 'bench', stages });
  return {
    databaseUrl,
    service,
    client,
    admin,
    close: async () => {
      await client.close();
      await service.stop();
    },
  };
}

export async function publish(client: Client, admin: string, policy: { policy_key: string } & object): Promise<void> {
  await client.call(admin, 'POST', '/policies', policy);
  await client.call(admin, 'POST', `/policies/${policy.policy_key}/versions/1/activate`);
}

/** A receiver that answers 204 at once, and tells `onWebhook` of each body. */
export async function startReceiver(onWebhook: (body: string) => void = () => {}): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(204).end();
      onWebhook(Buffer.concat(chunks).toString('utf8'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, server };
}
