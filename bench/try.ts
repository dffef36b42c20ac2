import pg from 'pg';
import { startCluster, family, cpuSeconds, memoryMb } from './cluster.ts';
import { findPgbench, measureFloor } from './floor.ts';
import { FLOW } from './floor-statements.ts';
import { startIdentityProvider } from './identity-provider.ts';
import { closedLoop } from './load.ts';
import { openScene, POLICY, startReceiver } from './setting.ts';

const cluster = await startCluster(process.env);
const identity = await startIdentityProvider();
const pgbench = await findPgbench();
console.log(cluster.description, pgbench);
const seconds = Number(process.argv[2] ?? 6);
const callers = Number(process.argv[3] ?? 64);
const setting = { cluster, identity, pgbench, seconds, quick: true };
const scene = await openScene(setting, { connections: callers });
const hooks = await startReceiver();
const tokens = { registry: await identity.tokenFor('registry'), olga: await identity.tokenFor('olga'), dora: await identity.tokenFor('dora'), omar: await identity.tokenFor('omar') };
const flow = async (cb: boolean) => {
  const c = await scene.client.call<{ request_id: string; tasks: { id: string }[] }>(tokens.registry, 'POST', '/requests', { policy_key: POLICY, artifact_type: 'bench', artifact_id: 'x', context: { amount: 100 }, ...(cb ? { callback_url: hooks.url } : {}) });
  await scene.client.call(tokens.olga, 'POST', `/tasks/${c.tasks[0]!.id}/decision`, { action: 'approve' });
  const next = await scene.client.call<{ id: string }[]>(tokens.dora, 'GET', `/tasks?status=open&request_id=${c.request_id}`);
  await scene.client.call(tokens.dora, 'POST', `/tasks/${next[0]!.id}/decision`, { action: 'approve' });
};
await closedLoop(callers, 2, () => flow(true));
for (const cb of [true, false]) {
const c0 = await cpuSeconds([scene.service.pid]); const d0 = process.cpuUsage();
const m = await closedLoop(callers, seconds, () => flow(cb));
console.log(cb, m, 'server cpu', (await cpuSeconds([scene.service.pid]))! - c0!, 'driver cpu', process.cpuUsage(d0).user / 1e6, 'mem', await memoryMb(scene.service.pid));
}
const client = new pg.Client({ connectionString: scene.databaseUrl }); await client.connect();
await client.query(`insert into approval_policy values (gen_random_uuid(),'bench.floor',1,'n',null,'active','a',true,true,null,now(),now())`);
console.log((await client.query(`select status, count(*) from webhook_delivery group by 1`)).rows);
await client.end();
if (pgbench) console.log('floor', await measureFloor(pgbench, scene.databaseUrl, FLOW, callers, seconds));
await scene.close(); identity.close(); hooks.server.closeAllConnections(); hooks.server.close(); await cluster.stop();
