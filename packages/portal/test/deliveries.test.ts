import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Counterpart, startCounterpart } from '../../server/test/service/counterpart.ts';
import { admin } from '../../server/test/service/stand.ts';
import { policyOf, storyOf, user } from '../../server/test/service/story.ts';
import { inspect } from './looks.ts';
import { openInTime } from './page-in-time.ts';
import { ADA, openPortalStand, type PortalStand, VERA } from './portal-stand.ts';

type Delivery = { id: string; status: string; attempt: number };

let portal: PortalStand;
let story: ReturnType<typeof storyOf>;
let registry: Counterpart;

beforeAll(async () => {
  portal = await openPortalStand({ env: { AWE__WEBHOOK__POLL_INTERVAL_SECONDS: '0.05' } });
  story = storyOf(portal.stand);
  registry = await startCounterpart({ status: 500 });
  await portal.stand.publish(policyOf('simple', [{ rules: [user('u-amina')] }]));
});
afterEach(() => portal.complaints.none());
afterAll(async () => {
  registry?.close();
  await portal?.close();
});

const receiver = () => `${registry.url}/approvals`;
const start = async (callback_url: string) =>
  (await story.create('simple', { callback_url, artifact_id: 'parcel-7' })).body.request_id;
/** Asks until the deliveries of a request are as they should be; the test’s own limit ends the wait. */
async function until(id: string, fits: (delivery: Delivery) => boolean): Promise<Delivery[]> {
  for (;;) {
    const { body } = await portal.stand.call<Delivery[]>(admin, 'GET', `/admin/deliveries?request_id=${id}`);
    if (body.length > 0 && body.every(fits)) return body;
  }
}

describe('the deliveries page', () => {
  it('says what would be there while there are none', async () => {
    const page = await portal.open(VERA, '/deliveries');
    await page.getByText('No webhook was written yet').waitFor();
    await page.getByRole('tab', { name: 'Receivers' }).click();
    await page.getByText('Nothing waits for any receiver').waitFor();
    expect(await page.getByRole('button', { name: /Pause|Send again/ }).count()).toBe(0);
  });

  it('lists what was given up and what was delivered', async () => {
    const id = await start(receiver());
    for (const [index, wait] of [60, 300, 900, 3_600, 21_600].entries()) {
      await until(id, ({ attempt }) => attempt === index + 1);
      portal.stand.clock.advance(wait / 3_600);
    }
    await until(id, ({ status }) => status === 'exhausted');
    const delivered = await start(portal.stand.receiver.url);
    await until(delivered, ({ status }) => status === 'delivered');

    const page = await openInTime(portal, ADA, '/deliveries');
    await page.getByRole('row', { name: /Request created.*Delivered/ }).waitFor();
    await inspect(page, 'deliveries');
  });

  it('shows the attempts and the body of one that was given up', async () => {
    const page = await openInTime(portal, VERA, '/deliveries');
    await page.getByLabel('Status').selectOption('Exhausted');
    await page.getByRole('row', { name: /Delivered/ }).waitFor({ state: 'detached' });
    await page.getByLabel('Event', { exact: true }).selectOption('Stage started');
    await page.getByRole('row', { name: /Request created/ }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Stage started: inspect' }).click();
    const drawer = page.getByRole('dialog', { name: 'Delivery' });
    await drawer.getByText('6 of 6 made').waitFor();
    expect(await drawer.getByRole('row', { name: / 500 .*answered 500/ }).count()).toBe(6);
    expect(await drawer.getByRole('region', { name: 'Body' }).innerText()).toContain(
      '"event_type": "stage_started"',
    );
    await inspect(page, 'deliveries-inspect');
    expect(await drawer.getByRole('button', { name: 'Send again' }).count()).toBe(0);
    await drawer.getByRole('button', { name: 'Close' }).click();
    await drawer.waitFor({ state: 'hidden' });
    expect(new URL(page.url()).search).toBe('?status=exhausted&event_type=stage_started');
  });

  it('sends it again', async () => {
    const page = await openInTime(portal, ADA, '/deliveries?status=exhausted&event_type=stage_started');
    await page.getByRole('link', { name: 'Stage started: inspect' }).click();
    const drawer = page.getByRole('dialog', { name: 'Delivery' });
    registry.answers({ status: 200 });
    await drawer.getByRole('button', { name: 'Send again' }).click();
    await drawer.getByText('Delivered', { exact: true }).waitFor();
    await drawer.getByRole('row', { name: / 200 Taken/ }).waitFor();
    expect(await drawer.getByRole('button', { name: /Send/ }).count()).toBe(0);
    expect(await drawer.getByRole('link', { name: 'Open the request' }).getAttribute('href')).toMatch(
      /^\/requests\/[0-9a-f-]{36}$/,
    );
    await drawer.getByRole('button', { name: 'Close' }).click();
    await page.getByText('No delivery matches').waitFor();
  });

  it('narrows by receiver, request and time, all kept in the address', async () => {
    const page = await openInTime(portal, VERA, `/deliveries?receiver=${encodeURIComponent(receiver())}`);
    await page.getByText('2 in all').waitFor();
    await page.getByRole('textbox', { name: 'Request' }).fill('0197b1a2-0000-7000-8000-000000000000');
    await page.getByText('No delivery matches').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByText('4 in all').waitFor();
    await page.getByLabel('From').fill('2999-01-01T00:00');
    await page.getByText('No delivery matches').waitFor();
    expect(new URL(page.url()).searchParams.get('since')).toBe('2998-12-31T23:00:00.000Z');
  });

  it('looks further back by itself when a page of the service found nothing', async () => {
    const page = await portal.open(VERA, '/inbox');
    await page.route('**/v1/awe/admin/deliveries?*', async (route) => {
      if (new URL(route.request().url()).searchParams.has('cursor'))
        return route.continue({ url: `${portal.url}/v1/awe/admin/deliveries` });
      return route.fulfill({
        json: [],
        headers: { link: '</v1/awe/admin/deliveries?cursor=further>; rel="next"' },
      });
    });
    await page.getByRole('link', { name: 'Deliveries' }).click();
    await page
      .getByRole('row', { name: /Request created/ })
      .first()
      .waitFor();
  });

  it('counts what would be sent again before it sends it', async () => {
    const page = await openInTime(portal, ADA, `/deliveries?receiver=${encodeURIComponent(receiver())}`);
    await page.getByRole('button', { name: 'Send again…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send webhooks again' });
    expect(await dialog.getByRole('textbox', { name: 'Receiver' }).inputValue()).toBe(receiver());
    await dialog.getByLabel('Given up').uncheck();
    await dialog.getByRole('button', { name: 'Count them first' }).click();
    await dialog.getByText('Choose at least one.').waitFor();
    await dialog.getByLabel('Taken: the receiver gets them once more').check();
    await dialog.getByRole('button', { name: 'Count them first' }).click();
    await dialog.getByText('1 webhook would be sent again.').waitFor();
    await dialog.getByLabel('Given up').check();
    await dialog.getByText('would be sent again').waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: 'Count them first' }).click();
    await dialog.getByText('2 webhooks would be sent again.').waitFor();
    await inspect(page, 'deliveries-replay');
    const before = registry.calls.length;
    await dialog.getByRole('button', { name: 'Send 2 webhooks again' }).click();
    await page.getByText('2 webhooks will be sent again.').waitFor();
    await registry.called(before + 2);
    await dialog.waitFor({ state: 'hidden' });
  });

  it('pauses a receiver with a reason, and resumes it', async () => {
    const page = await openInTime(portal, ADA, '/deliveries?view=receivers');
    await page.getByText('Nothing waits for any receiver').waitFor();
    await page.getByRole('button', { name: 'Pause a receiver' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pause a receiver' });
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await dialog.getByText('This is needed.').waitFor();
    await dialog.getByLabel('Receiver').fill(receiver());
    await dialog.getByLabel('Reason').fill('maintenance until six');
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('row', { name: /Paused.*maintenance until six/ }).waitFor();
    const before = registry.calls.length;
    const id = await start(receiver());
    await page.getByRole('row', { name: /Paused.*2 · Waiting for/ }).waitFor();
    await inspect(page, 'deliveries-receivers');
    expect(registry.calls).toHaveLength(before);
    await page.getByRole('button', { name: `Resume ${receiver()}` }).click();
    await until(id, ({ status }) => status === 'delivered');
    await page.getByText('Nothing waits for any receiver').waitFor();
  });
});
