import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, standIn } from '../http/stand-in.ts';
import { openStand, type Stand } from '../service/stand.ts';
import { policyOf, storyOf, user } from '../service/story.ts';

describe('the lines of a call', () => {
  const parsed = (lines: string[]) => lines.map((line) => JSON.parse(line));

  it('say which operation it was, and why it was refused', async () => {
    const { app, lines } = standIn();
    await app.inject({ url: '/v1/awe/tasks', headers: { authorization: ADMIN, 'x-request-id': 'call-1' } });
    await app.inject({
      url: '/v1/awe/tasks?limit=0',
      headers: { authorization: ADMIN, 'x-request-id': 'call-2' },
    });
    await app.inject({ url: '/nowhere', headers: { 'x-request-id': 'call-3' } });
    await app.close();
    const [good, malformed, lost] = parsed(lines);
    expect(good).toMatchObject({ reqId: 'call-1', operation: 'listTasks', status: 200, subject: 'u-admin' });
    expect(good).not.toHaveProperty('refusal');
    expect(malformed).toMatchObject({ reqId: 'call-2', operation: 'listTasks', refusal: 'invalid_shape' });
    expect(lost).toMatchObject({ reqId: 'call-3', operation: null, status: 404, refusal: 'no_such_path' });
  });

  it('carry its id also where the service speaks for itself', async () => {
    const { app, lines } = standIn(() => ({ pingDatabase: () => Promise.reject(new Error('away')) }));
    const answer = await app.inject({ url: '/v1/awe/health', headers: { 'x-request-id': 'probe-1' } });
    await app.close();
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({
      errors: [{ errorCode: 'AWE-006', message: expect.stringMatching(/database/) }],
    });
    const spoken = parsed(lines).filter(({ msg }) => msg !== 'answered');
    expect(spoken).toMatchObject([{ reqId: 'probe-1', level: 40, err: { message: 'away' } }]);
  });
});

describe('a resolver', () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const id = request.headers['x-request-id'];
    asked.push(Array.isArray(id) ? id.join() : id);
    response.end('{"user_ids":["bob"]}');
  });
  let stand: Stand;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/people`;
    stand = await openStand();
    const asks = { rules: [{ rule_type: 'http', rule_value: { url } }] };
    await stand.publish(policyOf('asking', [asks]));
    await stand.publish(policyOf('later', [{ rules: [user('alice')] }, asks]));
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await stand.close();
  });

  it('gets the id of the call that asks, each of many at once its own', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `call-${index}`);
    const { create, decide } = storyOf(stand);
    await Promise.all(ids.map((id) => create('asking', {}, { 'x-request-id': id })));
    expect(asked.splice(0).sort()).toEqual([...ids].sort());

    const created = await create('later');
    expect((await decide(created.body.request_id, 'alice', 'approve')).status).toBe(201);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(/^[0-9a-f-]{36}$/);
  });
});
