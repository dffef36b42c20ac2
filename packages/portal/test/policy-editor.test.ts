import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { admin } from '../../server/test/service/stand.ts';
import { policyOf, user } from '../../server/test/service/story.ts';
import { inspect } from './looks.ts';
import { ADA, openPortalStand, type PortalStand } from './portal-stand.ts';

let portal: PortalStand;

beforeAll(async () => {
  portal = await openPortalStand();
});
afterEach(() => portal.complaints.none());
afterAll(() => portal?.close());

type Stored = { version: number; status: string; stages: Record<string, unknown>[] };

const versionOf = async (key: string, version: number) =>
  (await portal.stand.call<Stored>(admin, 'GET', `/policies/${key}/versions/${version}`)).body;

/** A browser asks before it leaves what is unsaved; these stories leave. */
async function openEditor(path: string): Promise<Page> {
  const page = await portal.open(ADA, path);
  page.on('dialog', (dialog) => void dialog.accept());
  return page;
}

/** Adds a stage with one person, and folds its card again. */
async function addStage(page: Page, name: string, person: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a stage' }).click();
  await page.getByLabel('Name of the stage').fill(name);
  await page.getByRole('combobox', { name: 'User id' }).fill(person);
  await unfold(page, name);
}

const unfold = (page: Page, name: string) => page.getByRole('button', { name: `Edit ${name}` }).click();

async function fromMenu(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click();
  const menu = page.getByRole('menu', { name: `More for ${name}` });
  await menu.getByRole('menuitem', { name: item, exact: true }).click();
}

async function stageNames(page: Page): Promise<(string | undefined)[]> {
  const cards = await page.getByRole('button', { name: /^Edit / }).all();
  return Promise.all(
    cards.map(async (card) => (await card.getAttribute('aria-label'))?.replace('Edit ', '')),
  );
}

describe('the policy editor', () => {
  it('says what a policy still needs, and leads to each place', async () => {
    const page = await openEditor('/policies/new');
    await page.getByText('No stages yet').waitFor();
    await page.getByRole('button', { name: 'Save the draft' }).click();
    const key = page.getByLabel('Key');
    await key.and(page.locator(':focus')).waitFor();
    expect(await key.getAttribute('aria-invalid')).toBe('true');
    await page.getByRole('button', { name: 'Add a stage' }).click();
    await page.getByRole('tab', { name: 'Check (5)' }).waitFor();
    await page.getByRole('button', { name: /Stage without a name.*such as "u-alice"/ }).click();
    await page.getByRole('combobox', { name: 'User id' }).and(page.locator(':focus')).waitFor();
    await inspect(page, 'policy-editor-faults');
  });

  it('writes three stages, two of them at once, keeps them over a reload, and puts them into force', async () => {
    const page = await openEditor('/policies/new');
    await page.getByLabel('Name', { exact: false }).first().fill('Change of a record');
    await page.getByLabel('Key').fill('record-change');
    await page.getByLabel('Kind of artifact').fill('change_request');
    await addStage(page, 'District', 'u-amina');
    await addStage(page, 'Legal', 'u-bao');
    await addStage(page, 'Finance', 'u-carlos');
    await page.getByText('Not saved yet; kept in this browser').waitFor();

    await page.reload();
    await page.getByText('Here is what you typed before').waitFor();
    expect(await stageNames(page)).toEqual(['District', 'Legal', 'Finance']);

    const handle = page.getByRole('button', { name: 'Drag Finance' });
    await handle.focus();
    await page.keyboard.press('Space');
    await page.getByText('Finance: place 3 of 3.').waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowRight');
    await page.getByText('Beside the one above.').first().waitFor();
    await page.keyboard.press('Space');
    await page.getByText('At the same time as the one above').waitFor();

    await unfold(page, 'Finance');
    await page.getByRole('button', { name: 'Skip it under a condition' }).click();
    await page.getByLabel('Field of the request').fill('amount');
    await page.getByLabel('Comparison').selectOption('is less than');
    await page.getByLabel('Kind of value').selectOption('number');
    await page.getByRole('tab', { name: 'Check (1)' }).waitFor();
    await page.getByRole('textbox', { name: 'Value', exact: true }).fill('1000');
    await page.getByLabel('When the time is up').selectOption('Reject the stage');
    await page.getByRole('button', { name: 'Activate…' }).click();
    const due = page.getByLabel('Due after, in hours');
    await due.and(page.locator(':focus')).waitFor();
    await page.getByText('Is missing: on_breach "auto_reject"').first().waitFor();
    await due.fill('48');
    await page.getByText('Nothing to fix').waitFor();
    await inspect(page, 'policy-editor');

    await page.getByRole('tab', { name: 'Simulate' }).click();
    await page.getByRole('button', { name: 'Save and try' }).click();
    await page.waitForURL('**/policies/record-change/edit?*');
    expect(await page.getByRole('tab', { name: 'Simulate' }).getAttribute('aria-selected')).toBe('true');
    expect((await versionOf('record-change', 1)).stages).toMatchObject([
      {
        name: 'District',
        stage_order: 1,
        parallel_group: null,
        rules: [{ rule_value: { user_id: 'u-amina' } }],
      },
      { name: 'Legal', stage_order: 2, parallel_group: 1, skip_if: null },
      {
        name: 'Finance',
        stage_order: 3,
        parallel_group: 1,
        skip_if: { '<': [{ var: 'amount' }, 1000] },
        sla_hours: 48,
        on_breach: 'auto_reject',
      },
    ]);

    await page.getByRole('textbox', { name: 'Context' }).fill('{"amount": 50}');
    await page.getByRole('button', { name: 'Simulate', exact: true }).click();
    await page.getByText('Because amount < 1000.').waitFor();

    await page.getByRole('button', { name: 'Activate…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('No version is active.').waitFor();
    await dialog.getByRole('button', { name: 'Activate' }).click();
    await page.waitForURL('**/policies/record-change');
    expect((await versionOf('record-change', 1)).status).toBe('active');
    const later = await openEditor('/policies/new');
    await later.getByText('No stages yet').waitFor();
  });

  it('writes the next version of an active one, and shows what activating it changes', async () => {
    const raw = { '>': [{ reduce: [{ var: 'lines' }, { '+': [{ var: 'accumulator' }, 1] }, 0] }, 3] };
    const stages = [
      { rules: [user('u-amina')], name: 'First', stage_order: 10, skip_if: raw },
      { rules: [user('u-bao')], name: 'Second', stage_order: 20 },
      { rules: [user('u-carlos')], name: 'Third', stage_order: 30 },
    ];
    await portal.stand.publish(policyOf('next-one', stages));
    const page = await openEditor('/policies/next-one/edit');
    await page.getByRole('heading', { name: 'next-one, next version' }).waitFor();

    await unfold(page, 'First');
    await page.getByText('more than words can show').waitFor();
    const json = page.getByRole('textbox', { name: 'JSONLogic' });
    await json.fill('{"<": [{"var": "amount"}');
    await page.getByText('This is no JSON').waitFor();
    await json.fill('{"<": [{"var": "amount"}, 5]}');
    await page.getByText('In words').click();
    expect(await page.getByLabel('Field of the request').inputValue()).toBe('amount');
    await unfold(page, 'First');

    await fromMenu(page, 'Second', 'Remove');
    expect(await stageNames(page)).toEqual(['First', 'Third']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await fromMenu(page, 'Second', 'Duplicate');
    await unfold(page, 'Second (copy)');
    await fromMenu(page, 'Third', 'Move up');
    await fromMenu(page, 'Second (copy)', 'Remove');
    expect(await stageNames(page)).toEqual(['First', 'Second', 'Third']);
    await fromMenu(page, 'Third', 'Run beside the one above');

    const from = await page.getByRole('button', { name: 'Drag First' }).boundingBox();
    const below = await page.getByRole('button', { name: 'Drag Third' }).boundingBox();
    if (!from || !below) throw new Error('the cards have no place');
    await page.mouse.move(from.x + 10, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x + 10, from.y + 30, { steps: 3 });
    await page.mouse.move(from.x + 10, below.y + 14, { steps: 8 });
    await page.mouse.up();
    await page.waitForFunction(
      'document.querySelectorAll("[aria-label^=Edit]")[2].ariaLabel === "Edit First"',
    );

    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('dialog').getByText('Leave without saving?').waitFor();
    await page.getByRole('button', { name: 'Stay here' }).click();

    await page.getByRole('button', { name: 'Activate…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Activate version 2?' });
    await dialog.getByText('It takes the place of version 1').waitFor();
    await inspect(page, 'policy-editor-activate');
    await dialog.getByRole('button', { name: 'Activate' }).click();
    await page.waitForURL('**/policies/next-one');
    expect(await versionOf('next-one', 2)).toMatchObject({
      status: 'active',
      stages: [
        { name: 'Second', stage_order: 1, parallel_group: 1 },
        { name: 'Third', stage_order: 2, parallel_group: 1 },
        { name: 'First', stage_order: 3, parallel_group: null, skip_if: { '<': [{ var: 'amount' }, 5] } },
      ],
    });
  });

  it('puts what the service refuses beside its field, and keeps what was typed', async () => {
    await portal.stand.publish(policyOf('taken', [{ rules: [user('u-amina')] }]));
    const page = await openEditor('/policies/new');
    await page.getByLabel('Name', { exact: false }).first().fill('Another');
    await page.getByLabel('Key').fill('taken');
    await page.getByLabel('Kind of artifact').fill('change_request');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.getByText('This key is taken.').first().waitFor();
    await page.getByLabel('Key').fill('not-taken');
    await page.getByText('Nothing to fix').waitFor();
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.waitForURL('**/policies/not-taken/edit?*');
    await page.getByLabel('Description').fill('what it is for');
    await page.reload();
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await page.getByLabel('Description').inputValue()).toBe('');
    portal.complaints.none(/status of 409/);
  });
});
