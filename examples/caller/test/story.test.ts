import { fakeEvent, signWebhook } from '@awe/client/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AweSide, aweSide, idOf, isApproval } from './awe-side.ts';
import { type BothServices, startBoth } from './both-services.ts';
import type { Exchange } from './gate.ts';
import { openVisitor, type Visitor } from './visitor.ts';

let both: BothServices;
let awe: AweSide;
let clara: Visitor;
let olga: Visitor;
let rita: Visitor;
/** The first one that was entered. */
let entered: string;

beforeAll(async () => {
  both = await startBoth();
  awe = aweSide(both);
  [clara, olga, rita] = (await Promise.all(['clara', 'olga', 'rita'].map(signedIn))) as [
    Visitor,
    Visitor,
    Visitor,
  ];
});
afterAll(() => both.close());

describe('a change of owner', () => {
  it('is proposed, approved by two people on the pages of the register, and entered', async () => {
    const change = await proposed('N-101', 'Frida Moreau', 'Deed of gift 12/2026');
    entered = change;
    expect((await rita.get('/inbox')).text).toContain('Nothing waits for you.');
    await decides(olga, change, 'approve', 'The signatures match.');
    expect(await rita.until('/inbox', change)).toContain('Deed of gift 12/2026');
    expect((await clara.get('/parcels/N-101')).text).not.toContain('<strong>Frida Moreau</strong>');
    await decides(rita, change, 'approve');

    const page = await clara.until(change, 'Approved, and entered in the register.');
    expect(sentences(page)).toEqual([
      'Approval was asked for.',
      'District officers: 1 of Olga Petrenko and Omar Haddad must approve.',
      'Olga Petrenko approved.',
      'District officers: approved.',
      'Registrar: Rita Lindqvist must approve.',
      'Rita Lindqvist approved.',
      'Registrar: approved.',
      'Approved.',
    ]);
    expect(page).toContain('<blockquote>The signatures match.</blockquote>');
    expect(await ownersOf('N-101')).toEqual(['Frida Moreau']);
  });

  it('is entered once, though AWE replays its webhooks and somebody sends them again', async () => {
    const [first] = await both.toRegister.passed(isApproval(entered), 1);
    const event = JSON.parse(first?.said ?? '');
    const again = await sends(await signWebhook(event, { secret: both.secret }));
    expect(again).toEqual({ status: 200, body: { status: 'handled' } });
    const { replayed } = await both.admin.replayDeliveries({
      body: { since: '2020-01-01T00:00:00.000Z', until: '2100-01-01T00:00:00.000Z', statuses: ['delivered'] },
    });
    expect(replayed).toBeGreaterThan(3);
    const [, second] = await both.toRegister.passed(isApproval(entered), 2);
    expect(second?.status).toBe(200);
    expect(await ownersOf('N-101')).toEqual(['Frida Moreau']);
  });

  it('that is rejected is closed with its reason, and leaves the parcel as it was', async () => {
    const change = await proposed('N-102', 'Mallory Ltd', 'Deed of sale 13/2026');
    const refused = await decides(olga, change, 'reject');
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('Say why you reject it')]);
    await decides(olga, change, 'reject', 'The seal is drawn by hand.');
    const page = await clara.until(change, 'Rejected by Olga Petrenko: an approver said no.');
    expect(page).toContain('<blockquote>The seal is drawn by hand.</blockquote>');
    const parcel = (await clara.get('/parcels/N-102')).text;
    expect(parcel).toContain('Owner: <strong>Bashir &amp; Sons</strong>');
    expect(parcel).toContain('Propose a change of owner');
    expect(await ownersOf('N-102')).toEqual([]);
  });

  it('that an administrator of AWE cancels is closed, too', async () => {
    const change = await proposed('N-102', 'Mallory & Co', 'Deed of sale 14/2026');
    const { id } = await awe.requestOf(change);
    await both.admin.cancelRequest({ path: { request_id: id }, body: { reason: 'withdrawn' } });
    await clara.until(change, 'Cancelled by ada: withdrawn.');
  });
});

describe('a webhook that does not come from AWE, or not about our request', () => {
  it('is refused when its signature is forged', async () => {
    const event = fakeEvent('request_approved', { artifact_type: 'land.change', artifact_id: 'any' });
    const forged = await signWebhook(event, { secret: `whsec_${btoa('a secret of somebody else')}` });
    expect(await sends(forged)).toMatchObject({ status: 401, body: { status: 'wrong_signature' } });
    expect(await sends({ headers: {}, body: forged.body })).toMatchObject({
      status: 400,
      body: { status: 'missing_header' },
    });
  });

  it('changes nothing when it is of a request that somebody else made for our change', async () => {
    const change = await proposed('N-117', 'Chidi Okafor jr.', 'Will of 2019');
    await both.admin.createPolicy({
      body: { policy_key: 'anything-goes', name: 'Anything goes', artifact_type: 'land.change' },
    });
    await both.admin.activate({ path: { policy_key: 'anything-goes', version: 1 } });
    const { callback_url } = await awe.requestOf(change);
    const secret = (await both.admin.listSecrets()).find(({ name }) => name === 'land-register');
    const theirs = await both.person('mallory').createRequest({
      body: {
        policy_key: 'anything-goes',
        artifact_type: 'land.change',
        artifact_id: idOf(change),
        callback_url: callback_url ?? null,
        callback_secret_id: secret?.id ?? null,
      },
    });
    expect(theirs.status).toBe('approved');
    const ofTheirs = (each: Exchange) =>
      each.said.includes(theirs.request_id) && each.said.includes('request_approved');
    const [taken] = await both.toRegister.passed(ofTheirs, 1);
    expect(taken?.status).toBe(200);
    expect((await clara.get(change)).text).toContain('In approval');
    expect(await ownersOf('N-117')).toEqual([]);
  });
});

describe('nothing is lost and nothing done twice', () => {
  it('when the register is killed before it learns that AWE has made the request', async () => {
    const asked = both.toAwe.loses(({ call }) => call === 'POST /v1/awe/requests');
    const { location: change } = await proposes('S-004', 'Elena Ferrante', 'Marriage 7/2026');
    await asked;
    expect((await clara.get(change)).text).toContain('Waiting for AWE');
    await both.killRegister();
    both.toAwe.cut();
    await both.startRegister();
    await clara.until(change, 'In approval');
    expect(await awe.requestsOf(change)).toHaveLength(1);
  });

  it('when AWE is away while one change waits for its second approval, and another is proposed', async () => {
    const first = await proposed('S-021', 'The Diocese of Southbay', 'Decree 3/2026');
    await decides(olga, first, 'approve');
    await both.stopAwe();
    const { location: second } = await proposes('S-090', 'Ngozi Okafor', 'Deed of sale 15/2026');
    await clara.until(second, 'AWE could not be asked yet');
    expect((await olga.get('/inbox')).status).toBe(502);
    await both.startAwe();
    await decides(rita, first, 'approve');
    await clara.until(first, 'Approved, and entered in the register.');
    expect(await ownersOf('S-021')).toEqual(['The Diocese of Southbay']);
    await clara.until(second, 'In approval');
    expect(await awe.requestsOf(second)).toHaveLength(1);
  });

  it('when the register is killed while it takes the webhook', async () => {
    const change = await proposed('N-101', 'Gaston Moreau', 'Will of 2021');
    await decides(olga, change, 'approve');
    const taken = both.toRegister.loses(isApproval(change));
    await decides(rita, change, 'approve');
    await taken;
    await both.killRegister();
    await both.startRegister();
    both.toRegister.cut();
    const [again] = await both.toRegister.passed(isApproval(change), 1);
    expect(again?.status).toBe(200);
    expect((await clara.get(change)).text).toContain('Approved, and entered in the register.');
    expect(await ownersOf('N-101')).toEqual(['Gaston Moreau', 'Frida Moreau']);
  });

  it('when the register is away for longer than AWE sends', async () => {
    const change = await proposed('N-102', 'Chandra Bashir', 'Deed of sale 16/2026');
    const { id } = await awe.requestOf(change);
    await both.killRegister();
    await awe.approves('olga', id);
    await awe.approves('rita', id);
    const lost = await awe.exhausted(id);
    await both.startRegister();
    await clara.until(change, 'Approved, and entered in the register.');

    await both.admin.retryDelivery({ path: { delivery_id: lost } });
    const [late] = await both.toRegister.passed(isApproval(change), 1);
    expect(late?.status).toBe(200);
    expect(await ownersOf('N-102')).toEqual(['Chandra Bashir']);
  });
});

describe('a page', () => {
  it('is for those who are signed in, and leads nobody elsewhere', async () => {
    const stranger = openVisitor(both.registerUrl);
    expect(await stranger.get('/inbox')).toMatchObject({ status: 303, location: '/sign-in?to=%2Finbox' });
    for (const to of ['https://elsewhere.example/', '//elsewhere.example/', '/.//elsewhere.example/']) {
      const signIn = await stranger.form(`/sign-in?to=${to}`, '/sign-in');
      const { status, location } = await signIn({ person: 'clara' });
      expect([status, new URL(location).origin]).toEqual([303, both.registerUrl()]);
    }
  });

  it('takes no form of another site, and none without its token', async () => {
    const form = { to_owner: 'Mallory', grounds: 'none' };
    const foreign = await clara.post('/parcels/N-117/changes', form, { origin: 'https://elsewhere.example' });
    expect([foreign.status, foreign.text]).toEqual([
      403,
      'This form did not come from a page of the register.\n',
    ]);
    const bare = await clara.post('/parcels/N-117/changes', form);
    expect([bare.status, bare.text]).toEqual([403, expect.stringContaining('not of this session')]);
  });

  it('shows what was typed as text, also where a second change of one parcel is refused', async () => {
    const path = '/parcels/N-101';
    const form = { to_owner: '"><script>alert(1)</script>', grounds: "it's </textarea> <b>bold</b>" };
    // A form that was loaded before somebody else proposed.
    const late = await olga.form(path, `${path}/changes`);
    const { location: change } = await (await clara.form(path, `${path}/changes`))(form);
    const refused = await late(form);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('Somebody proposed a change of this parcel before you');
    expect(refused.text).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    for (const shown of [refused.text, (await clara.get(change)).text, (await clara.get('/changes')).text]) {
      expect(shown).not.toContain('<script');
      expect(shown).not.toContain('<b>');
    }
  });
});

async function signedIn(person: string): Promise<Visitor> {
  const visitor = openVisitor(both.registerUrl);
  const signIn = await visitor.form('/sign-in', '/sign-in');
  expect((await signIn({ person })).status).toBe(303);
  return visitor;
}

/** Clara proposes it; the address of its page. */
async function proposes(parcel: string, to_owner: string, grounds: string) {
  const propose = await clara.form(`/parcels/${parcel}`, `/parcels/${parcel}/changes`);
  return propose({ to_owner, grounds });
}

/** The same, and AWE has it. */
async function proposed(parcel: string, to_owner: string, grounds: string): Promise<string> {
  const { status, location } = await proposes(parcel, to_owner, grounds);
  expect(status).toBe(303);
  await clara.until(location, 'In approval');
  return location;
}

/** In their inbox, by the form that stands beside this change. */
async function decides(visitor: Visitor, change: string, action: string, comment = '') {
  const inbox = await visitor.until('/inbox', change);
  const card = inbox.split('<form').find((each) => each.includes(change));
  const to = /action="([^"]+)"/.exec(card ?? '')?.[1] ?? '';
  return (await visitor.form('/inbox', to))({ action, comment });
}

/** Who the page says was entered as owner of a parcel, each by a change, the last one first. */
async function ownersOf(parcel: string): Promise<string[]> {
  const { text } = await clara.get(`/parcels/${parcel}`);
  return [...text.matchAll(/<li><strong>([^<]*)<\/strong> since/g)].map(([, owner = '']) => owner);
}

function sentences(page: string): string[] {
  return [...page.matchAll(/<li class="\w+"><p>([^<]*)/g)].map(([, sentence = '']) => sentence);
}

async function sends({ headers, body }: { headers: Record<string, string>; body: string }) {
  const response = await fetch(`${both.registerUrl()}/approvals`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, body: await response.json() };
}
