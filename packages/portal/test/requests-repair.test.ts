import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Counterpart, startCounterpart } from '../../server/test/service/counterpart.ts';
import { admin } from '../../server/test/service/stand.ts';
import { type Created, policyOf, storyOf, user } from '../../server/test/service/story.ts';
import { inspect } from './looks.ts';
import { ADA, openPortalStand, type PortalStand } from './portal-stand.ts';

let portal: PortalStand;
let story: ReturnType<typeof storyOf>;
/** Answers for the people of a stage, and is called back. */
let other: Counterpart;

const CONTEXT = {
  amount: 25000,
  district: 'D1',
  urgent: true,
  applicant: { name: 'Amina Diallo', household: { members: 4, head: null } },
  documents: ['birth certificate', 'proof of residence'],
};

beforeAll(async () => {
  portal = await openPortalStand({ env: { AWE__WEBHOOK__MAX_ATTEMPTS: '1' } });
  story = storyOf(portal.stand);
  other = await startCounterpart({ status: 500 });
  const asks = { rule_type: 'http', rule_value: { url: `${other.url}/people` } };
  await portal.stand.publish(
    policyOf('disbursement', [
      {
        name: 'Officers',
        mode: 'any-n',
        mode_value: 2,
        rules: ['olga', 'omar', 'oren'].map((id) => user(id)),
      },
      { name: 'Legal', parallel_group: 1, rules: [user('lena')] },
      {
        name: 'Finance',
        parallel_group: 1,
        mode: 'any-n',
        sla_hours: 24,
        on_breach: 'escalate',
        rules: [user('finn')],
        escalation_rules: [user('carla')],
      },
      { name: 'Director', rules: [user('dora', { required: true }), user('ovid', { kind: 'observer' })] },
    ]),
  );
  await portal.stand.publish(
    policyOf('later', [{ rules: [user('olga')] }, { name: 'Board', rules: [asks] }]),
  );
});
afterEach(() => portal.complaints.none());
afterAll(async () => {
  other?.close();
  await portal?.close();
});

const create = async (policy: string, artifact_id: string, more: object = {}): Promise<string> =>
  ((await story.create(policy, { artifact_type: 'payment', artifact_id, ...more })).body as Created)
    .request_id;

describe('how the people of a stage came to it', () => {
  let id: string;

  it('lets an administrator decide for somebody, and says so', async () => {
    id = await create('disbursement', 'PAY-7', { context: CONTEXT, requester: 'citizen-7' });
    const page = await portal.open(ADA, `/requests/${id}`);
    const officers = page.getByRole('list', { name: 'Officers' });
    const dialog = page.getByRole('dialog');
    await officers.getByRole('button', { name: 'What to do with the task of omar' }).click();
    await page.getByRole('menuitem', { name: 'Decide on behalf of omar' }).click();
    await dialog.getByText('You fill the seat of omar.').waitFor();
    await dialog.getByLabel('Comment').fill('omar told me on the phone');
    await inspect(page, 'requests-on-behalf');
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await officers.getByText('decided by ada on their behalf').waitFor();
    await page.getByText('ada approved on behalf of omar').waitFor();
  });

  it('lets an administrator give a task to somebody else', async () => {
    const page = await portal.open(ADA, `/requests/${id}`);
    const officers = page.getByRole('list', { name: 'Officers' });
    const dialog = page.getByRole('dialog');
    await officers.getByRole('button', { name: 'What to do with the task of oren' }).click();
    await page.getByRole('menuitem', { name: 'Give the task to somebody else' }).click();
    await dialog.getByRole('button', { name: 'Give the task' }).click();
    await dialog.getByText('This is needed.').waitFor();
    await dialog.getByLabel('Who takes over').fill('olga');
    await dialog.getByRole('button', { name: 'Give the task' }).click();
    await dialog.getByText('olga already has a task on this stage').waitFor();
    await dialog.getByLabel('Who takes over').fill('otto');
    await dialog.getByRole('button', { name: 'Give the task' }).click();
    await officers.getByText('instead of oren').waitFor();
    portal.complaints.none(/status of 409/);
  });

  it('shows who stands in, who was asked by escalation, and who is overdue', async () => {
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const away = { user_id: 'lena', delegate_to: 'lukas', starts_at: day(-1), ends_at: day(3) };
    await portal.stand.call(admin, 'POST', '/delegations', away);
    await story.decide(id, 'olga', 'approve', { comment: 'matches the certificate' });
    await portal.stand.hoursPass(25);
    const page = await portal.open(ADA, `/requests/${id}`);
    await page.getByText('At the same time').waitFor();
    await page.getByRole('list', { name: 'Legal' }).getByText('for lena').waitFor();
    const finance = page.getByRole('list', { name: 'Finance' });
    await finance.getByText('asked by escalation').waitFor();
    await finance.getByText('Overdue').waitFor();
    await page.getByText('Amina Diallo').waitFor();
    await inspect(page, 'requests-open');
    await page.getByText('Raw JSON').click();
    const raw = await page.getByRole('region', { name: 'Context' }).innerText();
    expect(JSON.parse(raw)).toEqual(CONTEXT);
  });

  it('tells those who may not read policies what the timeline tells', async () => {
    const page = await portal.open({ id: 'carla' }, `/requests/${id}`);
    await page.getByRole('heading', { name: 'You are asked to decide: Finance' }).waitFor();
    await page.getByText('At the same time').waitFor();
    expect(await page.getByRole('heading', { name: 'Director' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Reject' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The policy of the request decides whether one rejection is enough.').waitFor();
  });
});

describe('what does not go on by itself', () => {
  it('looks people up again at once', async () => {
    const id = await create('later', 'PAY-8');
    await story.decide(id, 'olga', 'approve');
    const page = await portal.open(ADA, `/requests/${id}`);
    await page.getByText('Its people cannot be found').waitFor();
    await inspect(page, 'requests-lookup');
    other.answers({ body: { user_ids: ['bella'] } });
    await page.getByRole('button', { name: 'Look them up now' }).click();
    await page.getByRole('list', { name: 'Board' }).getByText('bella').waitFor();
    await page.getByText('Its people cannot be found').waitFor({ state: 'detached' });
  });

  it('sends a webhook again that was given up', async () => {
    other.answers({ status: 500 });
    const id = await create('disbursement', 'PAY-9', { callback_url: `${other.url}/callback` });
    const page = await portal.open(ADA, `/requests/${id}`);
    const table = page.getByRole('table', { name: 'Webhooks of this request' });
    const row = table.getByRole('row', { name: /request_created/ });
    await row.getByText('Exhausted').waitFor();
    other.answers({ status: 204 });
    await row.getByRole('button', { name: 'Send request_created again, event 1' }).click();
    await row.getByText('Delivered').waitFor();
    expect(await row.getByRole('button').count()).toBe(0);
  });

  it('says so when the timeline was changed behind the service', async () => {
    const id = await create('disbursement', 'PAY-10');
    await portal.stand.sql(
      `update approval_event set payload = jsonb_set(payload, '{needed}', '1') where request_id = $1 and event_type = 'stage_started'`,
      [id],
    );
    const page = await portal.open(ADA, `/requests/${id}`);
    await page.getByText('Timeline was changed').waitFor();
    await page.getByText('event 2').first().waitFor();
    await page.getByText('Keep the database as it is').first().waitFor();
  });
});
