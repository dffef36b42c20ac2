import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { admin } from '../../server/test/service/stand.ts';
import { inspect } from './looks.ts';
import { ADA, openPortalStand, type PortalStand, VERA } from './portal-stand.ts';

let portal: PortalStand;

beforeAll(async () => {
  portal = await openPortalStand();
});
afterEach(() => portal.complaints.none());
afterAll(() => portal?.close());

const delegate = (user_id: string, delegate_to: string, from: number, until: number, reason?: string) => {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const body = { user_id, delegate_to, starts_at: day(from), ends_at: day(until), reason };
  return portal.stand.call(admin, 'POST', '/delegations', body);
};

describe('the delegations page', () => {
  it('says what to do while there are none', async () => {
    const page = await portal.open(ADA, '/delegations');
    await page.getByText('Nobody is standing in for anybody').waitFor();
    expect(await page.title()).toBe('Delegations · AWE');
    await inspect(page, 'delegations-empty');
  });

  it('adds one, with what is wrong beside its field', async () => {
    const page = await portal.open(ADA, '/delegations');
    await page.getByRole('button', { name: 'Add a delegation' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Who is away').fill('u-amina');
    await dialog.getByLabel('Who stands in').fill('u-amina');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByText('nobody stands in for themselves').waitFor();
    await inspect(page, 'delegations-add');
    await dialog.getByLabel('Who stands in').fill('u-bao');
    await dialog.getByLabel('From').fill('2030-07-01T09:00');
    await dialog.getByLabel('Until').fill('2030-07-15T18:00');
    await dialog.getByLabel('Reason').fill('annual leave');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('row', { name: /u-amina/ }).waitFor();
    const { body } = await portal.stand.call<object[]>(admin, 'GET', '/delegations');
    expect(body).toMatchObject([
      {
        user_id: 'u-amina',
        delegate_to: 'u-bao',
        starts_at: '2030-07-01T07:00:00.000Z',
        ends_at: '2030-07-15T16:00:00.000Z',
        reason: 'annual leave',
        created_by: 'ada',
      },
    ]);
    await page.getByText('1 Jul 2030, 09:00').hover();
    await page.getByRole('tooltip').getByText('2030-07-01T07:00:00.000Z').waitFor();
  });

  it('shows them, filters by person, and keeps the filter in the address', async () => {
    await delegate('u-carlos', 'u-dana', -3, 4, 'parental leave');
    await delegate('u-eve', 'u-bao', -20, -6);
    const page = await portal.open(ADA, '/delegations');
    await page.getByRole('row', { name: /u-carlos.*Running/ }).waitFor();
    await page.getByRole('row', { name: /u-eve.*Over/ }).waitFor();
    await inspect(page, 'delegations');
    await page.getByLabel('Person who is away').fill('u-eve');
    await page.getByRole('row', { name: /u-carlos/ }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('?user_id=u-eve');
    await page.reload();
    await page.getByRole('row', { name: /u-eve/ }).waitFor();
    await page.getByLabel('Person who is away').fill('u-nobody');
    await page.getByText('No delegation matches').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByRole('row', { name: /u-carlos/ }).waitFor();
  });

  it('asks before it removes one', async () => {
    const page = await portal.open(ADA, '/delegations?user_id=u-carlos');
    await page.getByRole('button', { name: 'Remove the delegation from u-carlos to u-dana' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('New tasks go to u-carlos again').waitFor();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No delegation matches').waitFor();
    const { body } = await portal.stand.call<object[]>(admin, 'GET', '/delegations?user_id=u-carlos');
    expect(body).toEqual([]);
  });

  it('offers a viewer nothing that would be refused', async () => {
    const page = await portal.open(VERA, '/delegations');
    await page.getByRole('row', { name: /u-amina/ }).waitFor();
    expect(await page.getByRole('button', { name: /Add|Remove/ }).count()).toBe(0);
  });

  it('says what happened, what to do, and the correlation id when it cannot be read', async () => {
    const page = await portal.open(ADA, '/inbox');
    await page.route('**/v1/awe/delegations*', (route) =>
      route.fulfill({
        status: 500,
        headers: { 'x-request-id': 'the-id-of-it' },
        json: { response: null, errors: [{ errorCode: 'AWE-500', message: 'It broke.' }] },
      }),
    );
    await page.getByRole('link', { name: 'Delegations' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('The service failed').waitFor();
    await alert.getByText('It broke.').waitFor();
    await alert.getByText('Tell the operator the correlation id').waitFor();
    await alert.getByText('the-id-of-it').waitFor();
    await inspect(page, 'failure');
    await page.unroute('**/v1/awe/delegations*');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('row', { name: /u-amina/ }).waitFor();
    portal.complaints.none(/status of 500/);
  });
});
