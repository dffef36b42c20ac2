import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { admin } from '../../server/test/service/stand.ts';
import { inspect } from './looks.ts';
import { ADA, openPortalStand, type PortalStand, VERA } from './portal-stand.ts';

let portal: PortalStand;

type Secret = { id: string; name: string; created_at: string; effective_at: string };

beforeAll(async () => {
  // Without a configured one, so that the default secret is stored and listed.
  portal = await openPortalStand({ env: { AWE__SECRETS__DEFAULT_CALLBACK_SECRET: '' } });
});
afterEach(() => portal.complaints.none());
afterAll(() => portal?.close());

const listed = async () => (await portal.stand.call<Secret[]>(admin, 'GET', '/admin/callback-secrets')).body;

describe('the secrets page', () => {
  it('makes a secret, and shows its value once', async () => {
    const page = await portal.open(ADA, '/secrets');
    await page.getByRole('row', { name: /default.*Default/ }).waitFor();
    await page.getByRole('button', { name: 'Add a secret' }).click();
    const form = page.getByRole('dialog', { name: 'Add a secret' });
    await form.getByRole('button', { name: 'Add' }).click();
    await form.getByText('Give it a name.').waitFor();
    await form.getByLabel('Name').fill('land-registry');
    await form.getByRole('button', { name: 'Add' }).click();
    const once = page.getByRole('dialog', { name: 'The value of land-registry' });
    const value = await once.getByRole('region', { name: 'Value of the secret' }).innerText();
    expect(value).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    await inspect(page, 'secrets-once');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await once.getByRole('button', { name: 'Copy the value' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(value);
    // It is not closed by accident.
    await page.keyboard.press('Escape');
    await once.getByRole('button', { name: 'I have stored it' }).click();
    await page.getByRole('row', { name: /land-registry.*In force/ }).waitFor();
    expect(await page.locator('body').innerText()).not.toContain(value);
    expect((await listed()).map(({ name }) => name)).toEqual(['default', 'land-registry']);
  });

  it('takes a value that a receiver has already, and says why a name is refused', async () => {
    const page = await portal.open(ADA, '/secrets');
    await page.getByRole('button', { name: 'Add a secret' }).click();
    const form = page.getByRole('dialog', { name: 'Add a secret' });
    await form.getByLabel('Name').fill('land-registry');
    await form.getByRole('switch', { name: 'The receiver has a value already' }).click();
    await form.getByLabel('Its value').fill('too short');
    await form.getByRole('button', { name: 'Add' }).click();
    await form.getByText('Too short: at least 16 characters.').waitFor();
    await form.getByLabel('Its value').fill('the one of the old deployment');
    await form.getByRole('button', { name: 'Add' }).click();
    await form.getByText('There is a callback secret named "land-registry"').waitFor();
    await form.getByLabel('Name').fill('moved');
    await form.getByRole('button', { name: 'Add' }).click();
    await page
      .getByRole('dialog', { name: 'The value of moved' })
      .getByText('the one of the old deployment')
      .waitFor();
    portal.complaints.none(/status of 409/);
  });

  it('rotates one, and says what signs meanwhile', async () => {
    const page = await portal.open(ADA, '/secrets');
    await page.getByRole('button', { name: 'Rotate land-registry' }).click();
    const form = page.getByRole('dialog', { name: 'Give land-registry a new value' });
    await form.getByText('webhook-signature carries a signature of each').waitFor();
    await form.getByLabel('Hours until the new value signs').fill('9000');
    await form.getByText('Between 0 and 8760 hours.').waitFor();
    await form.getByLabel('Hours until the new value signs').fill('0');
    await form.getByText('The new value signs from the next webhook on').waitFor();
    await form.getByLabel('Hours until the new value signs').fill('48');
    await inspect(page, 'secrets-rotate');
    await form.getByRole('button', { name: 'Make a new value' }).click();
    const once = page.getByRole('dialog', { name: 'The value of land-registry' });
    await once.getByText('until then the old value does').waitFor();
    await once.getByRole('button', { name: 'I have stored it' }).click();
    await page.getByRole('row', { name: /land-registry.*Changing/ }).waitFor();
    const rotated = (await listed()).find(({ name }) => name === 'land-registry');
    const hours =
      (Date.parse(rotated?.effective_at ?? '') - Date.parse(rotated?.created_at ?? '')) / 3_600_000;
    expect(Math.floor(hours)).toBe(48);
    await inspect(page, 'secrets');
    await page.getByRole('button', { name: 'Rotate land-registry' }).click();
    await page.getByText('A rotation is under way. This one takes its place').waitFor();
  });

  it('deletes one after saying what that means, and never the default', async () => {
    const page = await portal.open(ADA, '/secrets');
    await page.getByRole('row', { name: /moved/ }).waitFor();
    expect(await page.getByRole('button', { name: 'Delete default' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Delete moved' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete moved?' });
    await dialog.getByText('Requests that name it already are signed with it to their end.').waitFor();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('row', { name: /moved/ }).waitFor({ state: 'detached' });
    expect((await listed()).map(({ name }) => name)).toEqual(['default', 'land-registry']);
  });

  it('shows a viewer everything but the buttons', async () => {
    const page = await portal.open(VERA, '/secrets');
    await page.getByRole('row', { name: /land-registry/ }).waitFor();
    expect(await page.getByRole('button', { name: /Add a secret|Rotate|Delete/ }).count()).toBe(0);
  });
});
