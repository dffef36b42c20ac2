import { errorStatuses, type Operation } from '@awe/contract/operation';
import { OPERATION_LIST, OPERATIONS } from '@awe/contract/operations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, ID, standIn } from '../../packages/server/test/http/stand-in.ts';
import { createSender, type Sender } from '../fuzz/send.ts';

// What random calls found once; each by the name of its defect.

const { app } = standIn();
let sender: Sender;

const bodiless = OPERATION_LIST.filter(([, { body, method }]) => body === undefined && method !== 'get');
const addressOf = ({ path }: Operation) =>
  path
    .replace('{policy_key}', 'farmer-change')
    .replace('{version}', '1')
    .replace(/\{\w+_id\}/, ID);

beforeAll(async () => {
  sender = createSender(await app.listen({ host: '127.0.0.1', port: 0 }), 10_000);
});
afterAll(async () => {
  sender.close();
  await app.close();
});

const send = (operation: Operation, headers: [string, string][], body: Buffer | null = null) =>
  sender.send({
    method: operation.method.toUpperCase(),
    path: addressOf(operation),
    headers: [['Authorization', ADMIN], ...headers],
    body,
  });

describe('an Expect header that asks for more than 100-continue', () => {
  it('was refused with 417 and no body, and is passed over', async () => {
    const answer = await send(OPERATIONS.listTasks, [['Expect', 'a-miracle']]);
    expect(answer).toMatchObject({ status: 200, headers: { 'x-request-id': expect.any(String) } });
  });
});

describe.each(bodiless)('%s, which reads no body,', (_, operation) => {
  it('refused a Content-Type that is no media type with a 415 that nobody documented', async () => {
    const answer = await send(operation, [['Content-Type', 'json']], Buffer.from('x'));
    expect(answer).toMatchObject({ status: operation.success.status });
  });

  it('did not document that a body may be too large for it', async () => {
    const answer = await send(operation, [], Buffer.alloc(300_000));
    expect(answer).toMatchObject({
      status: 413,
      text: expect.stringContaining('"errorCode":"AWE-012","message":"The body is larger than 262144 bytes.'),
    });
    expect(errorStatuses(operation)).toContain(413);
  });
});
