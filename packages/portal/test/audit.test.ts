import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { admin } from '../../server/test/service/stand.ts';
import { policyOf, storyOf, user } from '../../server/test/service/story.ts';
import { inspect } from './looks.ts';
import { ADA, openPortalStand, type PortalStand, VERA } from './portal-stand.ts';

let portal: PortalStand;
let requestId: string;

const draft = (name: string, stages: object[]) => ({ ...policyOf('land-transfer', stages), name });
const toDelegate = {
  user_id: 'u-chen',
  starts_at: '2030-07-01T00:00:00.000Z',
  ends_at: '2030-07-08T00:00:00.000Z',
};

beforeAll(async () => {
  portal = await openPortalStand();
  const { call, publish } = portal.stand;
  const officer = [{ name: 'Officer', rules: [user('u-amina')] }];
  await publish(draft('Land', officer));
  await call(admin, 'PUT', '/policies/land-transfer', draft('Land', officer));
  const director = { name: 'Director', rules: [user('u-chen')], sla_hours: 48 };
  await call(
    admin,
    'PATCH',
    '/policies/land-transfer/versions/2',
    draft('Land transfer', [...officer, director]),
  );
  requestId = (await storyOf(portal.stand).create('land-transfer', { artifact_id: 'LT-7' })).body.request_id;
  await call(admin, 'POST', `/requests/${requestId}/cancel`, { reason: 'The owner withdrew it' });
});
afterEach(() => portal.complaints.none());
afterAll(() => portal?.close());

describe('the audit page', () => {
  it('tells who did what and when, newest first, with what changed field by field', async () => {
    const page = await portal.open(VERA, '/audit');
    const rows = page.getByRole('list', { name: 'What was done, newest first' }).locator(':scope > li');
    await page.getByText('Cancelled the request about test.artifact LT-7').waitFor();
    expect(await rows.first().innerText()).toMatch(/LT-7[\s\S]*Request cancelled[\s\S]*ada[\s\S]*now/);
    const edited = rows.filter({ hasText: 'Policy draft changed' });
    await edited.getByRole('button', { name: /^Show the changes: / }).click();
    const table = edited.getByRole('table', { name: 'Changes, field by field' });
    const named = table.getByRole('row', { name: /^name/ });
    expect(await named.innerText()).toMatch(/name\s*Changed\s+Land\s+Land transfer/);
    expect(await table.getByRole('row', { name: /^stages › 2 › name Added/ }).innerText()).toMatch(
      /Director/,
    );
    await inspect(page, 'audit');
    await edited.getByRole('button', { name: /^Hide the changes: / }).click();
    await table.waitFor({ state: 'detached' });
  });

  it('shows the reason that was given, and leads to what it was about', async () => {
    const page = await portal.open(VERA, '/audit?action=request.cancel');
    await page.getByRole('button', { name: /^Show the changes: Cancelled/ }).click();
    await page.getByText('The owner withdrew it').waitFor();
    await page.getByRole('link', { name: 'Open the request' }).click();
    await page.waitForURL(`**/requests/${requestId}`);
    await page.goBack();
    await page.getByLabel('What', { exact: true }).selectOption('Policy activated');
    await page.getByRole('button', { name: /^Show the changes: Activated/ }).click();
    expect(await page.getByRole('link', { name: 'Open the policy' }).getAttribute('href')).toBe(
      '/policies/land-transfer/versions/1',
    );
  });

  it('narrows down by who, what, which and when, and keeps that in the address', async () => {
    await portal.stand.call({ sub: 'bea', roles: ['AWE_ADMIN'] }, 'POST', '/delegations', {
      ...toDelegate,
      delegate_to: 'u-bao',
    });
    const page = await portal.open(ADA, '/audit');
    await page.getByText(/Let u-bao stand in/).waitFor();
    await page.getByLabel('Who').fill('bea');
    await page.getByText('Cancelled the request').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Show the changes: Let u-bao/ }).click();
    await page.getByText('What was made').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByLabel('Kind of thing').selectOption('Policy');
    await page.getByLabel('Which one').fill('land-transfer');
    await page.waitForURL('**/audit?resource_type=policy&resource_id=land-transfer');
    await page.getByText('4 in all').waitFor();
    await page.getByLabel('From').fill('2030-01-01T00:00');
    await page.getByText('Nothing matches').waitFor();
    expect(new URL(page.url()).searchParams.get('since')).toBe('2029-12-31T23:00:00.000Z');
    await page.reload();
    expect(await page.getByLabel('From').inputValue()).toBe('2030-01-01T00:00');
    await page.getByText('Nothing matches').waitFor();
    await page.getByLabel('From').fill('');
    await page.getByLabel('Until').fill('2030-01-01T00:00');
    await page.getByText('4 in all').waitFor();
  });

  it('goes on to what was done before', async () => {
    const { call } = portal.stand;
    for (let index = 0; index < 50; index += 1) {
      await call(admin, 'POST', '/delegations', { ...toDelegate, delegate_to: `u-${index}` });
    }
    const page = await portal.open(VERA, '/audit');
    await page.getByText('50 shown').waitFor();
    expect(await page.getByText('Cancelled the request').count()).toBe(0);
    await page.getByRole('button', { name: 'Load more' }).click();
    await page.getByText('Cancelled the request').waitFor();
    await page.getByText('56 in all').waitFor();
  });

  it('hands out a signed checkpoint', async () => {
    const page = await portal.open(VERA, '/audit');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download a checkpoint' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('awe-checkpoint-1.ndjson');
    const [line, ...rest] = (await readFile(await download.path(), 'utf8')).split('\n');
    expect(rest).toEqual(['']);
    const kept = await portal.stand.call<{ jws: string }[]>(admin, 'GET', '/admin/checkpoints');
    expect(JSON.parse(line ?? '')).toEqual(kept.body[0]);
    await page.getByText('The checkpoint is downloaded.').waitFor();
  });
});
