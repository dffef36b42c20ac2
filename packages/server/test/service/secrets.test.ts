import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Answer, admin, openStand, type Stand } from './stand.ts';
import { policyOf, storyOf, user } from './story.ts';

const viewer = { sub: 'vera', roles: ['AWE_VIEWER'] };
const PATH = '/admin/callback-secrets';
const UNKNOWN = '01985c41-0b20-7e11-8c00-000000000099';
type Secret = { id: string; name: string; secret: string; created_at: string; effective_at: string };

let stand: Stand;

beforeAll(async () => {
  // Without a configured one, so that the default secret is stored and can be rotated.
  stand = await openStand({ replicas: 2, env: { AWE__SECRETS__DEFAULT_CALLBACK_SECRET: '' } });
  await stand.publish(policyOf('simple', [{ rules: [user('alice')] }]));
});
afterAll(() => stand.close());

const made = async (body: object) => (await stand.call<Secret>(admin, 'POST', PATH, body)).body;
const rotate = (id: string, body: object = {}) =>
  stand.call<Secret>(admin, 'POST', `${PATH}/${id}/rotate`, body);
const expectRefused = (answer: Answer, status: number, message: RegExp) => {
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({
    errors: [{ errorCode: 'AWE-007', message: expect.stringMatching(message) }],
  });
};

it('shows the value of a new secret once, and everything else to viewers', async () => {
  const secret = await made({ name: 'registry' });
  expect(secret.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const list = await stand.call<object[]>(viewer, 'GET', PATH);
  const { secret: value, ...shown } = secret;
  expect(list.body).toContainEqual(shown);
  expect(list.text).not.toContain(value);
  const stored = await stand.sql('select * from callback_secret');
  expect(JSON.stringify(stored)).not.toContain(value);
});

it('takes a value that receivers hold already', async () => {
  const secret = 'the one of the old deployment';
  expect(await made({ name: 'moved', secret })).toMatchObject({ name: 'moved', secret });
});

it('refuses a name that is taken, also to one of two at once', async () => {
  const answers = await Promise.all(
    [0, 1].map((replica) => stand.call(admin, 'POST', PATH, { name: 'twin' }, { replica })),
  );
  expect(answers.map((each) => each.status).sort()).toEqual([201, 409]);
  const message = /^There is a callback secret named "twin": rotate it, or choose another name\.$/;
  for (const each of answers) if (each.status === 409) expectRefused(each, 409, message);
  expectRefused(await stand.call(admin, 'POST', PATH, { name: 'default' }), 409, /named "default"/);
});

it.each([
  [{ name: '', secret: 'short' }, 'string_too_short'],
  [{ name: 'n'.repeat(129), secret: 's'.repeat(513) }, 'string_too_long'],
])('refuses names and values of a wrong length by their place: %#', async (body, type) => {
  const answer = await stand.call(admin, 'POST', PATH, body);
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({
    detail: [
      { loc: ['body', 'name'], type },
      { loc: ['body', 'secret'], type },
    ],
  });
});

it('signs with the old value until a rotation takes effect, and carries both meanwhile', async () => {
  const first = await made({ name: 'rotated' });
  const sent = await deliveredWith(first.id);
  expect(sent.signedBy(first.secret)).toBe(true);

  const { body: second } = await rotate(first.id, { effective_in_hours: 2 });
  expect(second.effective_at > first.effective_at).toBe(true);
  const during = await deliveredWith(first.id);
  expect([during.signedBy(first.secret), during.signedBy(second.secret)]).toEqual([true, true]);
  expect([during.signatures, during.approvalSignedBy(first.secret)]).toEqual([2, true]);

  await stand.hoursPass(3);
  const after = await deliveredWith(first.id);
  expect([after.signedBy(first.secret), after.signedBy(second.secret)]).toEqual([false, true]);
});

it('lets a second rotation replace one that has not taken effect', async () => {
  const first = await made({ name: 'twice' });
  const { body: second } = await rotate(first.id, { effective_in_hours: 2 });
  const { body: third } = await rotate(first.id, { effective_in_hours: 2 });
  const sent = await deliveredWith(first.id);
  expect([first, second, third].map((each) => sent.signedBy(each.secret))).toEqual([true, false, true]);
});

it('signs with the new value at once when told so', async () => {
  const first = await made({ name: 'leaked' });
  await deliveredWith(first.id);
  const { body: second } = await rotate(first.id, { effective_in_hours: 0 });
  const sent = await deliveredWith(first.id);
  expect([sent.signedBy(first.secret), sent.signedBy(second.secret)]).toEqual([false, true]);
});

it('rotates the default secret, and does not delete it', async () => {
  const { body } = await stand.call<Secret[]>(viewer, 'GET', PATH);
  const id = body.find((each) => each.name === 'default')?.id ?? '';
  const rotated = await rotate(id, { effective_in_hours: 0 });
  const sent = await deliveredWith(null);
  expect(sent.signedBy(rotated.body.secret)).toBe(true);
  expectRefused(await stand.call(admin, 'DELETE', `${PATH}/${id}`), 409, /rotate it instead/);
});

it('signs what was asked for with a deleted secret, and takes no new request for it', async () => {
  const secret = await made({ name: 'going' });
  const story = storyOf(stand);
  const request = { callback_url: stand.receiver.url, callback_secret_id: secret.id };
  const { body } = await story.create('simple', request);
  expect((await stand.call(admin, 'DELETE', `${PATH}/${secret.id}`)).status).toBe(204);
  const sent = await endOf(body.request_id);
  expect(sent.signedBy(secret.secret)).toBe(true);
  expectRefused((await story.create('simple', request)) as Answer, 400, /is not a callback secret/);
  const list = await stand.call<Secret[]>(viewer, 'GET', PATH);
  expect(list.body.map((each) => each.id)).not.toContain(secret.id);
  expect((await made({ name: 'going' })).id).not.toBe(secret.id);
});

it.each([UNKNOWN, 'nothing'])('knows no secret %s', async (id) => {
  const message = /^There is no callback secret "/;
  expectRefused(await rotate(id), 404, message);
  expectRefused(await stand.call(admin, 'DELETE', `${PATH}/${id}`), 404, message);
});

it('leaves an audit row for each, without any value', async () => {
  const { body, text } = await stand.call<{ action: string; actor: string }[]>(
    viewer,
    'GET',
    '/admin/audit?resource_type=secret&limit=500',
  );
  const actions = new Set(body.map((each) => each.action));
  expect(actions).toEqual(new Set(['secret.create', 'secret.rotate', 'secret.delete']));
  expect(text).not.toContain('whsec_');
});

/** The request_approved callback of a request that names this secret. */
async function deliveredWith(secretId: string | null) {
  const { body } = await storyOf(stand).create('simple', {
    callback_url: stand.receiver.url,
    ...(secretId && { callback_secret_id: secretId }),
  });
  return endOf(body.request_id);
}

/** Ends a request and looks at the signatures of its request_approved callback. */
async function endOf(requestId: string) {
  await storyOf(stand).decide(requestId, 'alice', 'approve');
  const { raw } = await stand.receiver.expect(
    (each) => each.request_id === requestId && each.event_type === 'request_approved',
  );
  const header = (name: string) => String(raw.headers[name]);
  const signatures = header('webhook-signature').split(' ');
  const at = new Date(Number(header('webhook-timestamp')) * 1000);
  return {
    signatures: signatures.length,
    signedBy: (secret: string) =>
      signatures.includes(new Webhook(secret).sign(header('webhook-id'), at, raw.body)),
    approvalSignedBy: (secret: string) => {
      const signed = `${header('x-approval-timestamp')}.${raw.body}`;
      const expected = createHmac('sha256', secret).update(signed).digest('hex');
      return header('x-approval-signature') === `sha256=${expected}`;
    },
  };
}
