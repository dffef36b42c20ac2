import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { policyOf, storyOf, user } from '../../server/test/service/story.ts';
import { inspect } from './looks.ts';
import { openPortalStand, type PortalStand } from './portal-stand.ts';

const AMINA = { id: 'u-amina' };
const BAO = { id: 'u-bao' };

let portal: PortalStand;
let story: ReturnType<typeof storyOf>;

/** Two may approve and Amina must. */
const stage = (name: string, sla_hours?: number) => ({
  name,
  mode: 'any-n',
  mode_value: 2,
  rules: [user('u-amina', { required: true }), user('u-bao'), user('u-carlos')],
  ...(sla_hours !== undefined && { sla_hours }),
});
const alone = { name: 'Final check', rules: [user('u-amina')] };
const context = { amount: 2500, district: 'D1', urgent: true, parcels: [{ number: 7 }, { number: 9 }] };

beforeAll(async () => {
  portal = await openPortalStand();
  story = storyOf(portal.stand);
  const { publish, clock, hoursPass } = portal.stand;
  await publish(policyOf('hurried', [stage('District review', 2)]));
  await publish(policyOf('steady', [stage('District review', 72)]));
  await publish(policyOf('patient', [alone]));
  // Asked five hours ago and due within two; one is decided by others, so that nobody is asked any more.
  clock.advance(-5);
  const late = await story.create('hurried', { artifact_id: 'LATE-1', requester: 'u-clerk', context });
  const ended = await story.create('hurried', { artifact_id: 'ENDED-1' });
  await hoursPass(5);
  await story.decide(late.body.request_id, 'u-bao', 'approve');
  await story.decide(ended.body.request_id, 'u-bao', 'reject');
  for (const id of ['A', 'B', 'C', 'D', 'E'])
    await story.create('patient', { artifact_id: `CALM-${id}`, requester: 'u-clerk' });
  await story.create('steady', { artifact_id: 'STEADY-1', context });
});
afterEach(() => portal.complaints.none());
afterAll(() => portal?.close());

const row = (page: Page, name: string) => page.locator('[data-inbox-list] li').filter({ hasText: name });
const link = (page: Page, name: string) => row(page, name).getByRole('link');
const statusOf = async (artifact: string) =>
  (
    await portal.stand.sql<{ status: string }>('select status from approval_request where artifact_id = $1', [
      artifact,
    ])
  )[0]?.status;
const comments = async (artifact: string) =>
  (
    await portal.stand.sql<{ actor: string; action: string; comment: string | null }>(
      `select d.actor, d.action, d.comment from approval_decision d
       join approval_request r on r.id = d.request_id where r.artifact_id = $1 order by d.created_at`,
      [artifact],
    )
  ).map(({ actor, action, comment }) => `${actor} ${action}: ${comment}`);

describe('the inbox', () => {
  it('begins with what is overdue, and leaves out what nobody can decide any more', async () => {
    const page = await portal.open(AMINA, '/inbox');
    await row(page, 'CALM-E').getByText('Final check').waitFor();
    await row(page, 'LATE-1').getByText('You must sign').waitFor();
    expect(await page.locator('[data-inbox-list] h2').allTextContents()).toEqual([
      'Overdue 1',
      'Due later 1',
      'Without a due time 5',
    ]);
    expect(await row(page, 'LATE-1').innerText()).toMatch(
      /District review · for u-clerk[\s\S]*was due 3 hours ago/,
    );
    expect(await row(page, 'STEADY-1').innerText()).toMatch(/due in 2 days/);
    expect(await row(page, 'ENDED-1').count()).toBe(0);
    await inspect(page, 'inbox');
  });

  it('is worked through with keys: move, open, decide with a comment, on to the next', async () => {
    const page = await portal.open(AMINA, '/inbox');
    await link(page, 'CALM-A').waitFor();
    const waiting = page.getByRole('navigation', { name: 'Pages' }).getByText(/\d+ waiting/);
    const before = Number.parseInt((await waiting.textContent()) ?? '', 10);
    await page.keyboard.press('j');
    expect(await page.locator(':focus').innerText()).toMatch(/LATE-1/);
    await page.keyboard.press('Enter');
    const pane = page.getByRole('region', { name: 'The open task' });
    await pane.getByText('Whatever the others decide').waitFor();
    await pane.getByText('2,500').waitFor();
    await pane.getByText('1 of 2 approvals').waitFor();
    await pane.getByText('u-bao approved').first().waitFor();
    await inspect(page, 'inbox-task');
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: 'Approve this?' });
    await dialog.getByText('LATE-1').waitFor();
    // Letters are text in a comment, not keys.
    await page.keyboard.type('jar checked');
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    await pane.getByRole('heading', { name: 'STEADY-1' }).waitFor();
    await row(page, 'LATE-1').waitFor({ state: 'detached' });
    await page.getByText(`${before - 1} waiting`).waitFor({ state: 'attached' });
    expect(await statusOf('LATE-1')).toBe('approved');
    expect(await comments('LATE-1')).toEqual(['u-bao approve: null', 'u-amina approve: jar checked']);
    await page.keyboard.press('c');
    await row(page, 'STEADY-1').getByText('Claimed').waitFor();
    await page.keyboard.press('k');
    await page.keyboard.press('Escape');
    await pane.waitFor({ state: 'detached' });
    expect(await page.locator(':focus').innerText()).toMatch(/STEADY-1/);
  });

  it('leaves to the shell what follows g, and asks before it decides', async () => {
    const page = await portal.open(AMINA, '/inbox');
    await link(page, 'STEADY-1').focus();
    await page.keyboard.press('b');
    const dialog = page.getByRole('dialog', { name: 'Abstain from this?' });
    await dialog.getByText('it is no approval').waitFor();
    await inspect(page, 'inbox-decide');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await comments('STEADY-1')).toEqual([]);
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('decides several at once, and says of each what became of it', async () => {
    const page = await portal.open(AMINA, '/inbox');
    await link(page, 'CALM-A').focus();
    for (const key of ['x', 'j', 'x', 'j', 'x']) await page.keyboard.press(key);
    await page.getByText('3 selected').waitFor();
    await inspect(page, 'inbox-selection');
    // Somebody else was faster with one of them.
    const { body } = await portal.stand.call<{ id: string }[]>(
      { sub: 'registry' },
      'GET',
      '/requests?artifact_id=CALM-B',
    );
    await story.decide(body[0]?.id ?? '', 'u-amina', 'reject');
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: 'Approve 3 tasks?' });
    await dialog.getByLabel('Comment').fill('the monthly round');
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await dialog.getByText('2 tasks approved. 1 task refused; each says why.').waitFor();
    const lines = await dialog
      .getByRole('list', { name: 'Tasks and what became of them' })
      .locator('li')
      .allInnerTexts();
    expect(lines.map((line) => line.replaceAll(/\s+/g, ' '))).toEqual([
      expect.stringMatching(/^CALM-A .*Done$/),
      expect.stringMatching(/^CALM-B .*Refused .*(ended|decided|rejected)/),
      expect.stringMatching(/^CALM-C .*Done$/),
    ]);
    await inspect(page, 'inbox-results');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await row(page, 'CALM-A').waitFor({ state: 'detached' });
    expect(await comments('CALM-C')).toEqual(['u-amina approve: the monthly round']);
    expect(await comments('CALM-B')).toEqual(['u-amina reject: null']);
    portal.complaints.none(/status of 409/);
  });

  it('fits a thumb: one task after the other, and back to the list', async () => {
    const page = await portal.open(AMINA, '/inbox');
    await page.setViewportSize({ width: 390, height: 844 });
    await link(page, 'CALM-D').click();
    const reject = page.getByRole('button', { name: 'Reject' });
    expect((await reject.boundingBox())?.height).toBeGreaterThanOrEqual(48);
    await reject.click();
    const dialog = page.getByRole('dialog', { name: 'Reject this?' });
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await link(page, 'CALM-E').waitFor();
    expect(await statusOf('CALM-D')).toBe('rejected');
    await link(page, 'CALM-E').click();
    await page.goBack();
    await link(page, 'CALM-E').waitFor();
  });

  it('says what is refused, and keeps the comment', async () => {
    const page = await portal.open(AMINA, '/inbox');
    await link(page, 'CALM-E').click();
    await page.getByRole('button', { name: 'Approve' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Comment').fill('all is well');
    const refused = { response: null, errors: [{ errorCode: 'AWE-500', message: 'It broke.' }] };
    await page.route('**/decision', (route) => route.fulfill({ status: 500, json: refused }));
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await dialog.getByRole('alert').getByText('It broke.').waitFor();
    await page.unrouteAll();
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await row(page, 'CALM-E').waitFor({ state: 'detached' });
    expect(await comments('CALM-E')).toEqual(['u-amina approve: all is well']);
    portal.complaints.none(/status of 500/);
  });

  it('is pleased when nothing waits', async () => {
    const page = await portal.open({ id: 'u-idle' }, '/inbox');
    await page.getByText('All done').waitFor();
    await inspect(page, 'inbox-empty');
    await page.getByRole('link', { name: 'Look at requests' }).click();
    await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
  });

  it('explains an address of a task that does not wait any more', async () => {
    const page = await portal.open(BAO, '/inbox?task=01985d02-1f40-7b52-9c00-000000000031');
    await page.getByText('This does not wait for you any more').waitFor();
    await page.getByRole('button', { name: 'Back to the inbox' }).click();
    await row(page, 'STEADY-1').waitFor();
  });
});
