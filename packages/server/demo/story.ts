import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../src/config/config.ts';
import { startScratch } from '../src/embedded/scratch.ts';
import { createLog } from '../src/log.ts';
import { startService } from '../src/service.ts';
import { type Caller, createCaller, type User } from './caller.ts';
import { createPlayedClock } from './played-clock.ts';
import { changeRequestPolicy, disbursementPolicy } from './policies.ts';
import { type Received, type Receiver, startReceiver } from './receiver.ts';

const SECRET = `whsec_${Buffer.from('a secret for the demonstration only').toString('base64')}`;

const admin: User = { sub: 'ada', roles: ['AWE_ADMIN'] };
const registry: User = { sub: 'registry-service' };

type Task = { id: string; assignee: string; stage_order: number; status: string; due_at: string | null };
type Request = { id: string; status: string };
type Say = (line: string) => void;

/** Plays five approvals through a real service on a scratch database, and tells them line by line. */
export async function runStory(say: Say): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'awe-demo-'));
  const database = await startScratch();
  const receiver = await startReceiver(SECRET, (webhook) => say(describe(webhook)));
  const clock = createPlayedClock();
  const env = {
    DATABASE_URL: database.url,
    AWE__SERVER__PORT: '0',
    AWE__SECRETS__DEFAULT_CALLBACK_SECRET: SECRET,
  };
  const config = loadConfig({ env, cwd: directory });
  const service = await startService({ config, clock, directory, log: createLog('demo', 'fatal') });
  try {
    say(`The service is up on ${service.url}, on a scratch PostgreSQL. Webhooks go to ${receiver.url}.`);
    const stage: Stage = { say, receiver, caller: createCaller(service.url) };
    await publish(stage);
    await approved(stage);
    await rejected(stage);
    await cancelled(stage);
    await delegated(stage);
    await escalated(stage, async (hours) => {
      clock.advance(hours);
      await service.runDeadlines();
    });
    say('\nThe end: five requests, each ended once, each webhook signed.');
  } finally {
    receiver.close();
    await service.stop();
    await database.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

type Stage = { say: Say; receiver: Receiver; caller: Caller };

async function publish({ say, caller }: Stage): Promise<void> {
  say('\n1. Ada, an admin, publishes two policies.');
  for (const policy of [changeRequestPolicy, disbursementPolicy]) {
    await caller.call(admin, 'POST', '/policies', policy);
    await caller.call(admin, 'POST', `/policies/${policy.policy_key}/versions/1/activate`);
    say(`   ${policy.policy_key}: ${policy.stages.map((each) => each.name).join(', ')}; version 1 is active`);
  }
}

async function approved(stage: Stage): Promise<void> {
  const { say } = stage;
  say('\n2. The registry asks for the approval of change request cr-1.');
  const request = await create(stage, changeRequestPolicy.policy_key, 'cr-1', {});
  await decide(stage, request, 'olga', 'approve', 'matches the birth certificate');
  await decide(stage, request, 'dora', 'approve');
  await ending(stage, request, 'approved');
}

async function rejected(stage: Stage): Promise<void> {
  stage.say('\n3. cr-2 does not look right to Omar.');
  const request = await create(stage, changeRequestPolicy.policy_key, 'cr-2', {});
  await decide(stage, request, 'omar', 'reject', 'the scan cannot be read');
  await ending(stage, request, 'rejected');
}

async function cancelled(stage: Stage): Promise<void> {
  stage.say('\n4. cr-3 is withdrawn by the citizen before anybody decided.');
  const request = await create(stage, changeRequestPolicy.policy_key, 'cr-3', {});
  const why = { reason: 'withdrawn by the citizen', actor: 'front-desk' };
  await stage.caller.call(admin, 'POST', `/requests/${request}/cancel`, why);
  stage.say('   ada cancels it');
  await ending(stage, request, 'cancelled');
}

async function delegated(stage: Stage): Promise<void> {
  const { say, caller } = stage;
  say('\n5. Dora goes on leave for a week and leaves her seat to Dirk.');
  const day = 86_400_000;
  await caller.call(admin, 'POST', '/delegations', {
    user_id: 'dora',
    delegate_to: 'dirk',
    starts_at: new Date(Date.now() - day).toISOString(),
    ends_at: new Date(Date.now() + 7 * day).toISOString(),
    reason: 'annual leave',
  });
  const request = await create(stage, changeRequestPolicy.policy_key, 'cr-4', {});
  await decide(stage, request, 'olga', 'approve');
  await decide(stage, request, 'dirk', 'approve', 'for Dora');
  await ending(stage, request, 'approved');
}

async function escalated(stage: Stage, hoursPass: (hours: number) => Promise<void>): Promise<void> {
  stage.say('\n6. A disbursement needs Legal and Finance at the same time. Finance has 48 hours.');
  const request = await create(stage, disbursementPolicy.policy_key, 'pay-7', { amount: 25_000 });
  await decide(stage, request, 'lena', 'approve');
  stage.say('   … 49 hours pass, and Finn has not answered');
  await hoursPass(49);
  await stage.receiver.expect((each) => each.event_type === 'task_expired');
  await decide(stage, request, 'carla', 'approve', 'Finn is ill; checked by me');
  await ending(stage, request, 'approved');
}

async function create(
  { say, caller, receiver }: Stage,
  policyKey: string,
  artifact: string,
  context: object,
): Promise<string> {
  const created = await caller.call<{ request_id: string; tasks: Task[] }>(registry, 'POST', '/requests', {
    policy_key: policyKey,
    artifact_type: policyKey.replace(/\.v1$/, ''),
    artifact_id: artifact,
    context,
    callback_url: receiver.url,
    requester: 'citizen-4711',
  });
  say(`   created; asked: ${created.tasks.map((task) => task.assignee).join(', ')}`);
  for (const { stage_order } of created.tasks)
    await told(receiver, created.request_id, 'stage_started', stage_order);
  return created.request_id;
}

async function decide(
  { say, caller, receiver }: Stage,
  request: string,
  who: string,
  action: string,
  comment?: string,
): Promise<void> {
  const person = { sub: who };
  const query = `/tasks?request_id=${request}&status=open`;
  const [task] = await caller.call<Task[]>(person, 'GET', query);
  if (!task) throw new Error(`${who} has no open task on request ${request}`);
  await caller.call(person, 'POST', `/tasks/${task.id}/decision`, { action, comment: comment ?? null });
  say(`   ${who} decides: ${action}${comment ? ` ("${comment}")` : ''}`);
  await told(receiver, request, 'stage_completed', task.stage_order);
}

/** Waits until the owner was told the end, and checks that the service says the same. */
async function ending(stage: Stage, request: string, status: string): Promise<void> {
  const { receiver, caller } = stage;
  await told(receiver, request, `request_${status}`);
  const { status: now } = await caller.call<Request>(registry, 'GET', `/requests/${request}`);
  if (now !== status) throw new Error(`request ${request} is ${now}, not ${status}`);
}

/** Waits for a webhook, so that the story is told in order; a bad signature ends it. */
async function told(receiver: Receiver, request: string, type: string, stageOrder?: number): Promise<void> {
  const webhook = await receiver.expect(
    (each) =>
      each.request_id === request &&
      each.event_type === type &&
      (stageOrder === undefined || each.data.stage_order === stageOrder),
  );
  if (!webhook.genuine) throw new Error(`the webhook of ${type} has a bad signature`);
}

function describe({ sequence, event_type, artifact_id, status, data, genuine }: Received): string {
  const about = data.name ? ` "${data.name}"` : data.assignee ? ` of ${data.assignee}` : '';
  const outcome = data.outcome ? `: ${data.outcome}` : data.reason ? `: ${data.reason}` : '';
  const seal = genuine ? 'signature verified' : 'BAD SIGNATURE';
  return `   → webhook #${sequence} ${event_type}${about}${outcome} (${artifact_id} is ${status}; ${seal})`;
}
