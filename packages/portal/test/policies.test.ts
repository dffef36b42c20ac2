import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { admin } from '../../server/test/service/stand.ts';
import { policyOf, storyOf, user } from '../../server/test/service/story.ts';
import { inspect } from './looks.ts';
import { ADA, openPortalStand, type PortalStand, VERA } from './portal-stand.ts';

let portal: PortalStand;

beforeAll(async () => {
  portal = await openPortalStand();
});
afterEach(() => portal.complaints.none());
afterAll(() => portal?.close());

const send = async (method: string, path: string, body?: object) => {
  const { status } = await portal.stand.call(admin, method, path, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status}`);
};
const legal = {
  name: 'Legal review',
  parallel_group: 1,
  rules: [user('u-lena')],
  skip_if: { '<': [{ var: 'amount' }, 1000] },
};
const finance = {
  name: 'Finance',
  parallel_group: 1,
  mode: 'any-n',
  mode_value: 2,
  sla_hours: 48,
  on_breach: 'escalate',
  rules: [user('u-finn'), user('u-fay'), user('u-amina', { kind: 'observer' })],
  escalation_rules: [user('u-carla')],
};
const manager = {
  name: 'Line manager',
  on_empty: 'skip',
  rules: [{ rule_type: 'expression', rule_value: { logic: { var: 'manager' } } }],
};
const director = { name: 'Director', rules: [user('u-dora', { required: true })] };
const payment = (stages: object[], more: object = {}) =>
  policyOf('payments.disbursement', stages, {
    name: 'Disbursement',
    artifact_type: 'payments.disbursement',
    description: 'Money that leaves the house.',
    ...more,
  });
const second = payment(
  [
    { ...legal, skip_if: { '<': [{ var: 'amount' }, 5000] } },
    { ...finance, mode_value: 3, rules: [...finance.rules, user('u-fred')] },
    manager,
  ],
  { forbid_self_approval: true },
);

describe('the policies page', () => {
  it('says what to do while there are none', async () => {
    const page = await portal.open(ADA, '/policies');
    await page.getByText('There are no policies yet').waitFor();
    expect(await page.getByRole('link', { name: 'New policy' }).count()).toBe(2);
    await inspect(page, 'policies-empty');
    const viewer = await portal.open(VERA, '/policies');
    await viewer.getByText('Once an administrator writes one').waitFor();
    expect(await viewer.getByRole('link', { name: 'New policy' }).count()).toBe(0);
  });

  it('shows the newest version of each and the one in force, and finds them by their words', async () => {
    await portal.stand.publish(payment([legal, finance, director]));
    await send('PUT', '/policies/payments.disbursement', second);
    await portal.stand.publish(
      policyOf('registry.change', [{ rules: [user('u-olga')] }], { name: 'Change of a record' }),
    );
    await send(
      'POST',
      '/policies',
      policyOf('leave', [{ rules: [user('u-boss')] }], { name: 'Annual leave' }),
    );
    const page = await portal.open(VERA, '/policies');
    await page.getByRole('row', { name: /Disbursement.*v2.*Draft.*v1$/ }).waitFor();
    await page.getByRole('row', { name: /Change of a record.*v1.*Active.*v1$/ }).waitFor();
    await page.getByRole('row', { name: /Annual leave.*v1.*Draft.*None$/ }).waitFor();
    await inspect(page, 'policies');
    await page.getByLabel('Search').fill('PAY burse');
    await page.getByRole('row', { name: /Annual leave/ }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('q')).toBe('PAY burse');
    await page.getByLabel('Search').fill('nothing like it');
    await page.getByText('No policy matches').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByRole('link', { name: 'Disbursement' }).click();
    await page.getByRole('heading', { level: 1, name: 'Disbursement' }).waitFor();
  });

  it('shows a page of many at a time', async () => {
    const page = await portal.open(VERA, '/inbox');
    await page.route('**/v1/awe/policies', async (route) => {
      const answer = await route.fetch();
      const [policy] = (await answer.json()) as { policy_key: string }[];
      const many = Array.from({ length: 60 }, (_, i) => ({
        ...policy,
        policy_key: `many-${i}`,
        name: `Many ${i}`,
      }));
      await route.fulfill({ json: many });
    });
    await page.getByRole('link', { name: 'Policies' }).click();
    await page.getByText('50 shown').waitFor();
    await page.getByRole('button', { name: 'Load more' }).click();
    await page.getByText('60 in all').waitFor();
  });
});

describe('the page of a policy', () => {
  const path = '/policies/payments.disbursement';

  it('opens at the version in force, as a picture and in words', async () => {
    const page = await portal.open(VERA, path);
    await page.getByRole('region', { name: 'Picture of the flow' }).getByText('Legal review').waitFor();
    expect(await page.getByRole('combobox', { name: 'Version' }).inputValue()).toBe('1');
    const steps = page.getByRole('list', { name: 'Steps' });
    expect(await steps.getByRole('listitem').allInnerTexts()).toMatchObject([
      expect.stringContaining('2 stages at the same time'),
      expect.stringContaining('skipped if amount < 1000'),
      expect.stringContaining('any 2 of: u-finn, u-fay'),
      expect.stringContaining('all of: u-dora (must approve)'),
    ]);
    await page.getByText('Activated').waitFor();
    await inspect(page, 'policies-flow');
    expect(await page.getByRole('button', { name: /Activate|Deactivate/ }).count()).toBe(0);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('region', { name: 'Picture of the flow' }).waitFor({ state: 'detached' });
  });

  it('says what is worth a second look, with the JSON behind the words', async () => {
    const page = await portal.open(VERA, `${path}/versions/2`);
    await page.getByText('Version 1 is in force.').waitFor();
    await page.getByText('whoever this names: manager').last().waitFor();
    await page.getByText('JSONLogic', { exact: true }).first().click();
    await page
      .getByRole('region', { name: 'JSONLogic of Legal review, skip_if' })
      .getByText('5000')
      .waitFor();
  });

  it('compares two versions by what they mean', async () => {
    const page = await portal.open(VERA, `${path}/versions/2#versions`);
    await page.getByRole('row', { name: /Version 1.*Active.*ada/ }).waitFor();
    const table = page.getByRole('table', { name: 'Version 1 → Version 2' });
    await table.getByRole('row', { name: 'Approvals any 2 approve any 3 approve' }).waitFor();
    await table
      .getByRole('row', { name: 'Skipping skipped if amount < 1000 skipped if amount < 5000' })
      .waitFor();
    await table.getByRole('row', { name: 'Asked not there u-fred' }).waitFor();
    await table.getByRole('row', { name: /^Own requests people may .* nobody is asked/ }).waitFor();
    await table.getByText('Line manager').waitFor();
    await table.getByText('JSON', { exact: true }).first().click();
    await inspect(page, 'policies-compare');
    await page.getByLabel('Before', { exact: true }).selectOption('2');
    await page.getByText('Choose two different versions.').waitFor();
  });

  it('simulates on the context of a past request, and says why a stage is skipped', async () => {
    await storyOf(portal.stand).create('payments.disbursement', {
      artifact_id: 'PAY-7',
      requester: 'u-finn',
      context: { amount: 3000, manager: 'u-mia' },
    });
    const page = await portal.open(VERA, `${path}/versions/2`);
    await page.getByRole('tab', { name: 'Simulate' }).click();
    await page.getByLabel('Context', { exact: true }).fill('{"amount": ');
    await page.getByRole('button', { name: 'Simulate' }).click();
    await page.getByText('This is not JSON').waitFor();
    await page.getByText('Take the context of a past request').click();
    await page.getByLabel('Artifact id').fill('PAY-7');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('button', { name: 'Use the context of PAY-7' }).click();
    expect(await page.getByLabel('Requester').inputValue()).toBe('u-finn');
    await page.getByRole('button', { name: 'Simulate', exact: true }).click();
    const result = page.getByRole('region', { name: 'Who would be asked' });
    await result.getByText('The request would be rejected on reaching “Finance”.').waitFor();
    await result.getByText('Because amount < 5000.').waitFor();
    await result.getByText('It needs more approvals than people were found.').waitFor();
    await result.getByText('u-mia').waitFor();
    await inspect(page, 'policies-simulate');
    await page.getByLabel('Requester').fill('');
    await page.getByLabel('Context', { exact: true }).fill('{"manager": "u-mia"}');
    await page.getByRole('button', { name: 'Simulate', exact: true }).click();
    await result.getByText('5 people would be asked, in 3 stages.').waitFor();
    await result.getByText('Its skip condition cannot be evaluated').waitFor();
  });

  it('activates after it has said what changes, and takes out of force after it has asked', async () => {
    const page = await portal.open(ADA, `${path}/versions/2`);
    await page.getByRole('button', { name: 'Activate' }).click();
    const dialog = page.getByRole('dialog', { name: 'Activate version 2?' });
    await dialog.getByText('It takes the place of version 1').waitFor();
    await dialog.getByText('“Finance”: Approvals: any 2 approve → any 3 approve').waitFor();
    await dialog.getByText('The stage “Director” is removed.').waitFor();
    await inspect(page, 'policies-activate');
    await dialog.getByRole('button', { name: 'Activate' }).click();
    await page.getByText('Version 2 is in force.').waitFor();
    await page.getByRole('button', { name: 'Deactivate' }).click();
    await page.getByRole('dialog').getByText('Nothing takes its place').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click();
    await page.getByText('No version is in force').waitFor();
    const { body } = await portal.stand.call<{ version: number; status: string }[]>(
      admin,
      'GET',
      '/policies/payments.disbursement/versions',
    );
    expect(body).toMatchObject([
      { version: 2, status: 'archived' },
      { version: 1, status: 'archived' },
    ]);
  });

  it('says so when there is no such policy or version', async () => {
    const page = await portal.open(ADA, '/policies/nowhere');
    await page.getByRole('alert').getByText('That is not there').waitFor();
    await page.getByRole('link', { name: 'Policies' }).first().waitFor();
    await page.goto(`${portal.url}${path}/versions/99`);
    await page.getByRole('alert').getByText('That is not there').waitFor();
    portal.complaints.none(/status of 404/);
  });
});
