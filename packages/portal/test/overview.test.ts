import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Counterpart, startCounterpart } from '../../server/test/service/counterpart.ts';
import { policyOf, storyOf, user } from '../../server/test/service/story.ts';
import { inspect } from './looks.ts';
import { openInTime } from './page-in-time.ts';
import { ADA, openPortalStand, type PortalStand, VERA } from './portal-stand.ts';

let portal: PortalStand;
let story: ReturnType<typeof storyOf>;
/** Answers for the people of a stage, and is called back; it does neither. */
let down: Counterpart;

beforeAll(async () => {
  portal = await openPortalStand({ env: { AWE__WEBHOOK__POLL_INTERVAL_SECONDS: '0.05' } });
  story = storyOf(portal.stand);
  down = await startCounterpart({ status: 410 });
});
afterEach(() => portal.complaints.none());
afterAll(async () => {
  down?.close();
  await portal?.close();
});

/** Requests of a day, decided after some hours; every sixth is rejected. */
async function day(policy: string, requests: number, callback_url?: string) {
  const { clock } = portal.stand;
  const made = await Promise.all(
    Array.from({ length: requests }, () => story.create(policy, { callback_url })),
  );
  for (const [index, { body }] of made.entries()) {
    clock.advance(0.4 + index * 0.7);
    await story.decide(body.request_id, 'u-amina', index % 6 === 5 ? 'reject' : 'approve');
  }
}

describe('the overview', () => {
  it('says what to do first while nothing was ever asked', async () => {
    const page = await portal.open(ADA);
    await page.getByRole('heading', { name: 'Nothing has been asked yet' }).waitFor();
    expect(await page.getByRole('link', { name: 'Write a policy' }).getAttribute('href')).toBe(
      '/policies/new',
    );
    await page.getByText(`curl ${portal.url}/v1/awe/requests`).waitFor();
    await inspect(page, 'overview-first');
    const viewer = await portal.open(VERA);
    await viewer.getByText('An administrator writes it').waitFor();
    expect(await viewer.getByRole('link', { name: 'Write a policy' }).count()).toBe(0);
  });

  it('goes on with the steps, and becomes the overview by itself once something was asked', async () => {
    const page = await portal.open(ADA, '/inbox');
    await page.clock.install();
    await page.goto(portal.url);
    await page.getByRole('link', { name: 'Write a policy' }).waitFor();
    await portal.stand.publish(policyOf('farmer-change', [{ rules: [user('u-amina')] }]));
    await page.clock.runFor(16_000);
    await page.getByText('Done').waitFor();
    const command = await page.getByText(/^curl/).innerText();
    expect(command).toContain(`-d '{"policy_key":"farmer-change","artifact_type":"test.artifact"`);
    await story.create('farmer-change');
    portal.stand.clock.advance(0.01);
    await page.clock.runFor(16_000);
    await page.getByRole('link', { name: /^Requests in review 1 / }).waitFor();
  });

  it('shows what waits, what hurries and what went through, and leads to each', async () => {
    const { stand } = portal;
    const { clock, receiver } = stand;
    await stand.publish(policyOf('payment-release', [{ rules: [user('u-amina')] }]));
    await stand.publish(
      policyOf('parcel-split', [{ rules: [user('u-bao')], sla_hours: 24, on_breach: 'notify' }]),
    );
    const asks = { rule_type: 'http', rule_value: { url: `${down.url}/people` } };
    await stand.publish(policyOf('title-transfer', [{ rules: [user('u-amina')] }, { rules: [asks] }]));
    for (const [index, requests] of [4, 6, 3, 5, 7, 0, 1, 5, 4, 8, 6, 3, 1, 0, 6, 7, 5, 6, 2].entries()) {
      const began = Date.parse(clock.now());
      await day(index % 3 === 0 ? 'payment-release' : 'farmer-change', requests);
      if (index % 4 === 0) await story.create('farmer-change');
      clock.advance(24 - (Date.parse(clock.now()) - began) / 3_600_000);
    }
    await day('payment-release', 2, receiver.url);
    const refused = await story.create('parcel-split', { callback_url: `${down.url}/approvals` });
    await story.create('parcel-split');
    const { body: stuck } = await story.create('title-transfer');
    await story.decide(stuck.request_id, 'u-amina', 'approve');
    await stand.hoursPass(30);
    for (;;) {
      const { body } = await stand.call<{ status: string }[]>(
        { sub: 'vera', roles: ['AWE_VIEWER'] },
        'GET',
        `/admin/deliveries?request_id=${refused.body.request_id}`,
      );
      if (body.every(({ status }) => status === 'exhausted')) break;
    }
    clock.advance(0.03);

    const page = await openInTime(portal, VERA, '/');
    await page.getByRole('link', { name: '2 requests are past due' }).waitFor();
    await page.getByRole('link', { name: '1 request lacks people to ask' }).waitFor();
    await page.getByRole('link', { name: '1 receiver refuses webhooks' }).waitFor();
    await page.getByRole('link', { name: /^Tasks past due 2 The longest was due 6 hours ago$/ }).waitFor();
    await page.getByRole('link', { name: /^Tasks waiting 8 / }).waitFor();
    await page.getByRole('row', { name: /^payment-release \d+ [\d.]+ (minutes|hours)/ }).waitFor();
    await page.getByRole('link', { name: /^Given up 3$/ }).waitFor();
    await page.locator('.recharts-bar-rectangle').filter({ visible: true }).first().waitFor();
    await inspect(page, 'overview');

    await page.getByText('Show the numbers').click();
    const today = clock.now().slice(0, 10);
    const row = page.getByRole('row').filter({ has: page.locator(`time[datetime="${today}"]`) });
    await row.waitFor();
    const picture = await page
      .getByRole('img', { name: /Bars of the last 30 days/ })
      .getAttribute('aria-label');
    expect(picture).toMatch(/: 7\d requests approved, \d+ rejected, 0 cancelled in all/);
  });

  it('keeps what it knows when it cannot count again, and says so', async () => {
    const page = await portal.open(ADA, '/inbox');
    await page.clock.install();
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('link', { name: /^Tasks waiting/ }).waitFor();
    await page.route('**/v1/awe/admin/overview', (route) =>
      route.fulfill({
        status: 503,
        headers: { 'x-request-id': 'the-id-of-it' },
        json: { response: null, errors: [{ errorCode: 'AWE-006', message: 'No database.' }] },
      }),
    );
    await page.clock.runFor(16_000);
    await page.getByRole('alert').getByText('No database.').waitFor();
    await page.getByText('These figures are from before').waitFor();
    await page.getByRole('link', { name: /^Tasks waiting/ }).waitFor();
    await page.unroute('**/v1/awe/admin/overview');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    portal.complaints.none(/status of 503/);
  });

  it('is not for people without a role: they begin at the inbox', async () => {
    const page = await portal.open({ id: 'u-amina' });
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    expect(await page.getByRole('link', { name: 'Overview' }).count()).toBe(0);
  });
});
