import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { caller } from '../../server/test/service/stand.ts';
import { type Created, policyOf, storyOf, user } from '../../server/test/service/story.ts';
import { inspect } from './looks.ts';
import { ADA, openPortalStand, type PortalStand, VERA } from './portal-stand.ts';

let portal: PortalStand;
let story: ReturnType<typeof storyOf>;

const REVIEW = {
  name: 'District review',
  mode: 'any-n',
  mode_value: 2,
  rules: [user('olga'), user('omar'), user('carol', { required: true })],
};

beforeAll(async () => {
  portal = await openPortalStand();
  story = storyOf(portal.stand);
  await portal.stand.publish(policyOf('change', [REVIEW, { name: 'Director', rules: [user('dora')] }]));
});
afterEach(() => portal.complaints.none());
afterAll(() => portal?.close());

const create = async (artifact_id: string, more: object = {}): Promise<string> => {
  const created = await story.create('change', { artifact_type: 'change_request', artifact_id, ...more });
  return (created.body as Created).request_id;
};

describe('the list of requests', () => {
  it('says what appears here while there are none', async () => {
    const page = await portal.open(ADA, '/requests');
    await page.getByText('Nothing has been asked for yet').waitFor();
  });

  it('shows a request as soon as a service makes it, and finds it again', async () => {
    const page = await portal.open(VERA, '/requests');
    await page.getByText('Nothing has been asked for yet').waitFor();
    const id = await create('CR-1', { requester: 'citizen-7' });
    await create('CR-2');
    await page.getByRole('row', { name: /CR-1 change_request In review District review 1 of 2/ }).waitFor();
    await inspect(page, 'requests');
    await page.getByLabel('Artifact id').fill('CR-1');
    await page.getByRole('row', { name: /CR-2/ }).waitFor({ state: 'detached' });
    await page.getByLabel('Status').selectOption('Approved');
    await page.getByText('No request matches').waitFor();
    expect(new URL(page.url()).search).toBe('?artifact_id=CR-1&status=approved');
    await page.getByLabel('Status').selectOption('In review');
    await page.getByRole('link', { name: 'CR-1' }).click();
    await page.getByRole('heading', { level: 1, name: 'CR-1' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/requests/${id}`);
  });

  it('loads the next page when it is asked for', async () => {
    for (let made = 0; made < 51; made += 1) await create('many', { artifact_type: 'many' });
    const page = await portal.open(ADA, '/requests?artifact_type=many');
    await page.getByText('50 shown').waitFor();
    await page.getByRole('button', { name: 'Load more' }).click();
    await page.getByText('51 in all').waitFor();
  });

  it('shows those without a role no policy that they may not read', async () => {
    const page = await portal.open({ id: 'olga' }, '/requests?artifact_id=CR-1');
    await page.getByRole('row', { name: /CR-1.*Stage 1/ }).waitFor();
    expect(await page.getByRole('link', { name: 'change' }).count()).toBe(0);
  });
});

describe('a request', () => {
  let approved: string;

  it('is decided by three people on its page, while somebody watches, and its owner is told', async () => {
    const id = await create('CR-3', { callback_url: portal.stand.receiver.url });
    approved = id;
    const watched = await portal.open(ADA, `/requests/${id}`);
    await watched.getByText('carol must sign · can still pass · 3 people can still decide').waitFor();
    const decide = async (person: string, comment: string, after: string) => {
      const page = await portal.open({ id: person }, `/requests/${id}`);
      await page.getByRole('button', { name: 'Approve' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Comment').fill(comment);
      await dialog.getByText(after).waitFor();
      await dialog.getByRole('button', { name: 'Approve' }).click();
      await page.getByText('The decision is recorded.').waitFor();
    };
    await decide('olga', 'matches the certificate', 'The stage stays open after this.');
    await watched.getByText('1 of 2 approvals').waitFor();
    await decide('carol', 'seen', 'With this the stage is approved.');
    await watched.getByText('0 of 1 approval').waitFor();
    await decide('dora', 'go ahead', 'With this the stage is approved.');
    await watched.getByText('The request was approved').waitFor();
    expect(await story.statusOf(id)).toBe('approved');
    const told = watched.getByRole('table', { name: 'Webhooks of this request' });
    await told.getByRole('row', { name: /request_approved.*Delivered 1 of 6 204/ }).waitFor();
    await watched.getByText('Timeline verified').waitFor();
    await watched.getByText('The hash chain over 9 events is as it was written.').waitFor();
    expect(await watched.getByRole('button', { name: 'Withdraw the request' }).count()).toBe(0);
  });

  it('shows how it came to its end', async () => {
    const page = await portal.open(VERA, `/requests/${approved}`);
    await page.getByText('Timeline verified').waitFor();
    await page.getByRole('row', { name: /request_approved.*Delivered/ }).waitFor();
    await inspect(page, 'requests-approved');
  });

  it('tells the timeline in either order, with each payload one click away', async () => {
    const id = await create('CR-4');
    await story.decide(id, 'olga', 'reject', { comment: 'the scan cannot be read' });
    const page = await portal.open(ADA, `/requests/${id}`);
    const lines = page.getByRole('list', { name: 'Timeline' }).getByRole('listitem');
    await lines.first().getByText('The request was rejected').waitFor();
    await page.getByText('Oldest first', { exact: true }).click();
    await lines.first().getByText('registry-service asked for approval').waitFor();
    await page.getByRole('button', { name: 'Payload of event 3' }).click();
    const payload = page.getByRole('region', { name: 'Payload of event 3' });
    expect(JSON.parse(await payload.innerText())).toMatchObject({ action: 'reject', actor: 'olga' });
  });

  it('is withdrawn by an administrator, with a reason', async () => {
    const id = await create('CR-5');
    const page = await portal.open(ADA, `/requests/${id}`);
    await page.getByRole('button', { name: 'Withdraw the request' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('the citizen has changed their mind');
    await dialog.getByRole('button', { name: 'Withdraw the request' }).click();
    await page.getByText('ada cancelled the request').waitFor();
    await page.getByText('the citizen has changed their mind').waitFor();
    expect(await story.statusOf(id)).toBe('cancelled');
  });

  it('says what to do when there is none with that id', async () => {
    const page = await portal.open(ADA, '/requests/no-such-id');
    await page.getByRole('heading', { level: 1, name: 'There is no such request' }).waitFor();
    await page.getByText('No request has the id no-such-id').waitFor();
    await inspect(page, 'requests-unknown');
    await page.getByRole('link', { name: 'Look for it in the list' }).click();
    await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
    portal.complaints.none(/status of 404/);
  });

  it('offers somebody who only reads nothing that would be refused', async () => {
    const id = await create('CR-6');
    const { status } = await portal.stand.call(caller, 'GET', `/requests/${id}`);
    expect(status).toBe(200);
    const page = await portal.open(VERA, `/requests/${id}`);
    await page.getByRole('list', { name: 'District review' }).getByText('olga').waitFor();
    const offered = page.getByRole('button', { name: /Withdraw|What to do|Approve|Reject|Send again/ });
    expect(await offered.count()).toBe(0);
  });
});
