import { createClient, type OperationName } from '@awe/client';
import { errorStatuses, type Operation } from '@awe/contract/operation';
import { OPERATION_LIST } from '@awe/contract/operations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenOf } from '../../server/demo/caller.ts';
import { admin, caller, openStand, person, type Stand } from '../../server/test/service/stand.ts';
import { policyOf, user } from '../../server/test/service/story.ts';
import { OPERATION_TABLE } from '../src/generated/operations.ts';
import type { AnyInput } from '../src/input.ts';
import { refused } from './refused.ts';

let stand: Stand;
let awe: ReturnType<typeof createClient>;

beforeAll(async () => {
  stand = await openStand();
  awe = createClient({ baseUrl: `${stand.services[0]?.url}`, token: tokenOf(caller) });
  await stand.publish(policyOf('two-steps', [{ rules: [user('olga')] }, { rules: [user('dora')] }]));
});
afterAll(() => stand.close());

const asked = { policy_key: 'two-steps', artifact_type: 'record' };

describe('the client and the service', () => {
  for (const [name, operation] of OPERATION_LIST) {
    it(`agree on ${name}`, async () => {
      const ada = createClient({
        baseUrl: `${stand.services[0]?.url}`,
        token: tokenOf(admin),
        retries: false,
      });
      const call = ada.answered[name] as (input: AnyInput) => Promise<{ status: number; data: unknown }>;
      const ended = await call(exampleInput(operation)).catch((error: unknown) =>
        refused(Promise.reject(error)),
      );
      if (!(ended instanceof Error)) {
        expect(ended.status).toBe(operation.success.status);
        expect(ended.data === undefined).toBe(operation.success.schema === null);
        return;
      }
      // Examples name what this service does not have; that an operation said so shows that it was reached.
      expect(errorStatuses(operation)).toContain(ended.status);
      expect(statusesOf(name, ended.code)).toContain(ended.status);
      expect([404, 405], ended.message).not.toContain(ended.code === 'AWE-012' ? ended.status : 0);
    });
  }

  it('carry a request from its creation to its end', async () => {
    const created = await awe.createRequest({ body: { ...asked, artifact_id: 'cr-1' } });
    for (const approver of ['olga', 'dora']) {
      const theirs = awe.as(tokenOf(person(approver)));
      const [task] = await theirs.listTasks({ query: { status: 'open', request_id: created.request_id } });
      expect(task).toMatchObject({ assignee: approver, request_id: created.request_id });
      const decision = await theirs.decide({ path: { task_id: `${task?.id}` }, body: { action: 'approve' } });
      expect(decision).toMatchObject({ actor: approver, action: 'approve' });
    }
    const path = { request_id: created.request_id };
    const request = await awe.getRequest({ path });
    expect(request).toMatchObject({ status: 'approved', artifact_id: 'cr-1', source_service: caller.sub });
    const decided = (await awe.requestEvents({ path })).flatMap((event) =>
      event.event_type === 'task_decided' ? [[event.payload.assignee, event.payload.action]] : [],
    );
    expect(decided).toEqual([
      ['olga', 'approve'],
      ['dora', 'approve'],
    ]);
  });

  it('make one request of a create that is repeated under its key', async () => {
    const create = () =>
      awe.createRequest({ body: { ...asked, artifact_id: 'cr-2' }, idempotencyKey: 'cr-2' });
    const [first, second] = [await create(), await create()];
    expect(second).toEqual(first);
    const other = awe.createRequest({ body: { ...asked, artifact_id: 'cr-3' }, idempotencyKey: 'cr-2' });
    expect(await refused(other)).toMatchObject({
      code: 'AWE-009',
      status: 409,
      operation: 'createRequest',
      outcome: 'refused',
    });
  });

  it('page through everything, row by row and page by page', async () => {
    for (let number = 1; number <= 5; number += 1) {
      await awe.createRequest({ body: { ...asked, artifact_type: 'paged', artifact_id: `p-${number}` } });
    }
    const query = { artifact_type: 'paged', limit: 2 };
    const rows: string[] = [];
    for await (const { artifact_id } of awe.pages.searchRequests({ query })) rows.push(artifact_id);
    expect(rows).toEqual(['p-5', 'p-4', 'p-3', 'p-2', 'p-1']);
    const sizes: number[] = [];
    for await (const page of awe.pages.searchRequests({ query }).byPage()) sizes.push(page.length);
    expect(sizes).toEqual([2, 2, 1]);
  });

  it('tell the place of everything that has the wrong shape, and find the call in the log', async () => {
    const body = { policy_key: 7, artifact_type: 'record' } as unknown as typeof asked & {
      artifact_id: string;
    };
    const error = await refused(awe.createRequest({ body, headers: { 'x-request-id': 'call-17' } }));
    expect(error).toMatchObject({
      code: 'INVALID_SHAPE',
      status: 422,
      requestId: 'call-17',
      outcome: 'refused',
    });
    expect(error.details.map(({ loc }) => loc.join('.')).sort()).toEqual([
      'body.artifact_id',
      'body.policy_key',
    ]);
    expect(error.message).toContain('body.policy_key: ');
  });

  it('say that a token is missing', async () => {
    const nobody = createClient({ baseUrl: `${stand.services[0]?.url}/v1/awe/` });
    expect((await nobody.health()).response).toEqual({ status: 'healthy' });
    expect(await refused(nobody.listTasks())).toMatchObject({
      code: 'AWE-008',
      status: 401,
      operation: 'listTasks',
    });
  });

  it('hand over the remarks on a policy in their header', async () => {
    const body = policyOf('nobody-asked', []);
    const { data, status, headers } = await awe.as(tokenOf(admin)).answered.createPolicy({ body });
    expect([status, data.version, data.status]).toEqual([201, 1, 'draft']);
    expect(JSON.parse(`${headers.get('x-awe-warnings')}`)).toHaveLength(1);
  });

  it('name a policy in a path, whatever its characters are', async () => {
    const ada = awe.as(tokenOf(admin));
    const policy_key = 'a key? of # 100% ü';
    await ada.createPolicy({ body: policyOf(policy_key, []) });
    expect(await ada.listVersions({ path: { policy_key } })).toMatchObject([{ policy_key, version: 1 }]);
  });

  it('export line by line', async () => {
    const types: unknown[] = [];
    const ada = awe.as(tokenOf(admin));
    for await (const line of ada.lines.exportLog()) types.push(line.type);
    expect([types[0], types.at(-1)]).toEqual(['export', 'end']);
    expect((await ada.exportLog()).trimEnd().split('\n')).toHaveLength(types.length);
  });
});

/** The input that the contract shows, with values for what it does not. */
function exampleInput(operation: Operation): AnyInput {
  const path = Object.fromEntries(
    Object.entries(operation.params?.properties ?? {}).map(([name, schema]) => [
      name,
      'type' in schema && schema.type === 'integer' ? 1 : '01985d02-1f40-7b52-9c00-000000000099',
    ]),
  );
  return { path, body: operation.examples.body };
}

function statusesOf(name: OperationName, code: string): readonly number[] {
  const errors: Readonly<Record<string, readonly number[]>> = OPERATION_TABLE[name].errors;
  return code === 'INVALID_SHAPE' ? [422] : (errors[code] ?? []);
}
