import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { policyOf, storyOf, user } from '../../server/test/service/story.ts';
import { inspect } from './looks.ts';
import { ADA, openPortalStand, type PortalStand, VERA } from './portal-stand.ts';

let portal: PortalStand;

beforeAll(async () => {
  portal = await openPortalStand();
  await portal.stand.publish(policyOf('one', [{ rules: [user('u-alice')] }]));
  for (const artifact_id of ['a', 'b']) await storyOf(portal.stand).create('one', { artifact_id });
});
afterEach(() => portal.complaints.none());
afterAll(() => portal?.close());

const pageNames = async (page: Awaited<ReturnType<PortalStand['open']>>) =>
  (await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allInnerTexts()).map(
    (name) => name.split('\n')[0],
  );

describe('signing in in development', () => {
  it('lets somebody be anybody, and says so on every page', async () => {
    const page = await portal.open(null, '/delegations?user_id=x');
    await page.getByText('Who do you want to be?').waitFor();
    await inspect(page, 'sign-in');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Enter a user id.').waitFor();
    await page.getByLabel('User id').fill('åse');
    await page.getByRole('radiogroup').getByText('Admin').click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Signed in as åse' }).waitFor();
    expect(new URL(page.url()).search).toBe('?user_id=x');
    await page.getByText('anybody can be anybody').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Signed in as åse' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Be åse, Administrator' }).click();
    await page.getByRole('button', { name: 'Signed in as åse' }).waitFor();
  });

  it('switches to another user, for whom everything is read anew', async () => {
    const page = await portal.open(ADA, '/inbox');
    await page.getByRole('button', { name: 'Signed in as ada' }).click();
    await page.getByRole('menuitem', { name: 'Switch user' }).click();
    await page.getByRole('dialog').getByLabel('User id').fill('u-alice');
    await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
    await page.getByText('2 waiting').waitFor();
    expect(await pageNames(page)).toEqual(['Inbox', 'Requests']);
  });
});

describe('a session that ends', () => {
  it('keeps what was typed, and does what was asked once somebody has signed in again', async () => {
    const page = await portal.open(ADA, '/delegations');
    await page.getByRole('button', { name: 'Add a delegation' }).first().click();
    await page.getByRole('dialog').getByLabel('Who is away').fill('u-amina');
    await page.getByRole('dialog').getByLabel('Who stands in').fill('u-bao');
    const refused = { response: null, errors: [{ errorCode: 'AWE-008', message: 'expired' }] };
    await page.route('**/v1/awe/delegations', (route) =>
      route.request().method() === 'POST' ? route.fulfill({ status: 401, json: refused }) : route.continue(),
    );
    await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
    const again = page.getByRole('dialog', { name: 'Sign in again to go on' });
    await again.waitFor();
    await page.unroute('**/v1/awe/delegations');
    await again.getByLabel('User id').fill('ada');
    await again.getByRole('radiogroup').getByText('Admin').click();
    await again.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('row', { name: /u-amina/ }).waitFor();
    portal.complaints.none(/status of 401/);
  });
});

describe('the shell', () => {
  it('offers each role its pages, and explains the others', async () => {
    const viewer = await portal.open(VERA);
    await viewer.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    expect(await pageNames(viewer)).toHaveLength(9);
    const approver = await portal.open({ id: 'u-alice' });
    await approver.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    await approver.goto(`${portal.url}/audit`);
    await approver.getByText('It needs the role AWE_VIEWER').waitFor();
  });

  it('answers an address that no page has', async () => {
    const page = await portal.open(ADA, '/nowhere/at/all');
    await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor();
    expect(await page.title()).toBe('There is no such page · AWE');
    await inspect(page, 'not-found');
    await page.getByRole('link', { name: 'Go to the overview' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  });

  it('is led by keys: skip link, shortcuts, and the focus on the heading of the next page', async () => {
    const page = await portal.open(ADA, '/inbox');
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Skip to the page');
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.getByRole('heading', { level: 1, name: 'Delegations' }).waitFor();
    await page.locator('h1:focus').waitFor();
    await page.keyboard.press('/');
    expect(await page.locator(':focus').getAttribute('placeholder')).toBe('User id');
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.locator('h1').focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await inspect(page, 'shortcuts');
  });

  it('keeps the colours that were chosen', async () => {
    const page = await portal.open(ADA, '/inbox');
    await page.getByRole('button', { name: 'Signed in as ada' }).click();
    await page.getByText('Dark', { exact: true }).click({ force: true });
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor({ state: 'attached' });
    await page.reload();
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor({ state: 'attached' });
  });

  it('has its menu behind a button on a phone', async () => {
    const page = await portal.open(ADA, '/inbox');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'Open the menu' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Delegations' }).click();
    await page.getByRole('heading', { level: 1, name: 'Delegations' }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });
});
