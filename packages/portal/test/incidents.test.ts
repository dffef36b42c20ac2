import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Counterpart, startCounterpart } from '../../server/test/service/counterpart.ts';
import { admin } from '../../server/test/service/stand.ts';
import { policyOf, storyOf, user } from '../../server/test/service/story.ts';
import { inspect } from './looks.ts';
import { openInTime } from './page-in-time.ts';
import { ADA, openPortalStand, type PortalStand, VERA } from './portal-stand.ts';

let portal: PortalStand;
let story: ReturnType<typeof storyOf>;
/** Answers for the people of a stage, and is called back. */
let other: Counterpart;

beforeAll(async () => {
  portal = await openPortalStand({ env: { AWE__WEBHOOK__POLL_INTERVAL_SECONDS: '0.05' } });
  story = storyOf(portal.stand);
  other = await startCounterpart({ status: 500 });
  const asks = { rule_type: 'http', rule_value: { url: `${other.url}/people` } };
  const late = { sla_hours: 24, on_breach: 'notify' };
  await portal.stand.publish(policyOf('later', [{ rules: [user('u-olga')] }, { rules: [asks] }]));
  await portal.stand.publish(policyOf('late', [{ rules: [user('u-amina'), user('u-bao')], ...late }]));
});
beforeEach(() => other.answers({ status: 500 }));
afterEach(() => portal.complaints.none());
afterAll(async () => {
  other?.close();
  await portal?.close();
});

const incidents = async () =>
  (await portal.stand.call<{ id: string; kind: string }[]>(admin, 'GET', '/admin/incidents')).body;

describe('the incidents page', () => {
  it('says that all is well when nothing is wrong', async () => {
    const page = await portal.open(VERA, '/incidents');
    await page.getByText('All is well').waitFor();
    await inspect(page, 'incidents-empty');
  });

  it('has a request whose people are past due, from the overview to the request, until somebody else is asked', async () => {
    const { body } = await story.create('late', { artifact_id: 'parcel-7' });
    await portal.stand.hoursPass(26);
    const page = await openInTime(portal, ADA, '/');
    await page.getByRole('link', { name: /^Tasks past due 2 The longest was due 2 hours ago/ }).waitFor();
    await page.getByRole('link', { name: '1 request is past due' }).click();
    const incident = page.getByRole('listitem').filter({ hasText: 'parcel-7' });
    await incident.getByText('Since 2 hours ago').waitFor();
    await incident.getByText('u-bao').waitFor();
    await incident.getByRole('link', { name: /^Reassign in the request/ }).click();
    await page.waitForURL(`**/requests/${body.request_id}`);

    for (const name of ['u-amina', 'u-bao']) {
      const { id } = await story.taskOf(body.request_id, name);
      await portal.stand.call(admin, 'POST', `/tasks/${id}/reassign`, { new_assignee: `${name}-2` });
    }
    await page.goto(`${portal.url}/incidents?kind=overdue`);
    await page.getByText('None of this kind').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByText('All is well').waitFor();
    portal.complaints.none();
  });

  it('looks people up again at once, and shows what came of it', async () => {
    const { body } = await story.create('later', { artifact_id: 'title-3' });
    await story.decide(body.request_id, 'u-olga', 'approve');
    const page = await openInTime(portal, ADA, '/incidents');
    const incident = page.getByRole('listitem').filter({ hasText: 'title-3' });
    const retry = incident.getByRole('button', { name: /^Look them up now/ });
    await retry.click();
    await page.getByText(/Asked again, and it failed again \(\d times so far\)/).waitFor();
    other.answers({ body: { user_ids: ['u-amina'] } });
    await retry.click();
    await page.getByText('The people were found; the request goes on.').waitFor();
    await incident.getByRole('button', { name: /^Look them up now/ }).waitFor({ state: 'detached' });
    expect((await story.taskOf(body.request_id, 'u-amina')).status).toBe('open');
    await page.getByRole('button', { name: 'Dismiss this result' }).click();
    await page.getByText('All is well').waitFor();
  });

  it('sends again what a receiver did not take, and shows all kinds together', async () => {
    other.answers({ status: 410 });
    await story.create('late', { artifact_id: 'parcel-8', callback_url: `${other.url}/approvals` });
    await other.called(other.calls.length + 2);
    while (!(await incidents()).some(({ kind }) => kind === 'deliveries_exhausted'));
    other.answers({ status: 500 });
    const stuck = await story.create('later', { artifact_id: 'title-4' });
    await story.decide(stuck.body.request_id, 'u-olga', 'approve');
    await portal.stand.hoursPass(26);
    while ((await incidents()).filter(({ kind }) => kind === 'overdue').length < 2);
    const page = await openInTime(portal, ADA, '/incidents');
    for (const name of [/People past due/, /People who cannot be found/, /Webhooks that were given up/]) {
      await page.getByRole('heading', { level: 2, name }).waitFor();
    }
    await inspect(page, 'incidents');
    other.answers({ status: 200 });
    await page.getByRole('button', { name: /^Send them again/ }).click();
    await page.getByText(/\d webhooks? (is|are) on the way again/).waitFor();
    await page.getByRole('heading', { level: 2, name: /given up/ }).waitFor({ state: 'detached' });
    await inspect(page, 'incidents-result');
    await page.getByRole('link', { name: 'Follow them' }).click();
    await page.waitForURL(/deliveries\?receiver=/);
  });

  it('offers a viewer the way to the request, and no button that would be refused', async () => {
    const page = await openInTime(portal, VERA, '/incidents');
    await page
      .getByRole('link', { name: /^Open the request/ })
      .first()
      .waitFor();
    expect(
      await page
        .getByRole('main')
        .getByRole('button', { name: /Look them up|Send them/ })
        .count(),
    ).toBe(0);
  });

  it('says in its place why a repair was refused', async () => {
    const page = await openInTime(portal, ADA, '/incidents?kind=lookup_failed');
    await page.route('**/retry', (route) =>
      route.fulfill({
        status: 404,
        json: { response: null, errors: [{ errorCode: 'AWE-007', message: 'It is over.' }] },
      }),
    );
    await page
      .getByRole('button', { name: /^Look them up now/ })
      .first()
      .click();
    await page.getByRole('listitem').getByRole('alert').getByText('It is over.').waitFor();
    portal.complaints.none(/status of 404/);
  });
});
