import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caller, openStand, SECRET, type Stand } from '../../server/test/service/stand.ts';
import { policyOf, storyOf, user } from '../../server/test/service/story.ts';
import { aweOn } from './run-awe.ts';
import { scratchDirectory } from './scratch-directory.ts';

type Row = { id: string; status: string; name: string; action: string };

const directory = scratchDirectory();
let stand: Stand;
let url: string;
let ada: ReturnType<typeof aweOn>;
let viewer: ReturnType<typeof aweOn>;

beforeAll(async () => {
  stand = await openStand();
  url = stand.services[0]?.url ?? '';
  // The service's clock is played: moments that are counted from now are counted from its now.
  const now = () => new Date(stand.clock.now());
  ada = aweOn(url, 'ada:AWE_ADMIN', { now });
  viewer = aweOn(url, 'vera:AWE_VIEWER', { now });
  await stand.publish(policyOf('one', [{ rules: [user('olga')] }]));
});
afterAll(() => stand.close());

describe('deliveries', () => {
  it('are listed, sent again one by one, and replayed by time range after they were counted', async () => {
    const { create } = storyOf(stand);
    const callback_url = `${stand.receiver.url}?key=hidden`;
    const created = await create('one', { callback_url });
    const { request_id } = created.body;
    await stand.receiver.expect(
      (each) => each.request_id === request_id && each.event_type === 'stage_started',
    );
    await stand.sql(`update webhook_delivery set status = 'exhausted', next_attempt_at = null`);

    const given = await viewer.json<Row[]>('delivery', 'list', '--status', 'exhausted', '--since', '1h');
    expect(given).toHaveLength(2);
    expect(
      await viewer.json('delivery', 'list', '--event-type', 'request_created', '--request', request_id),
    ).toHaveLength(1);
    expect(await viewer.json('delivery', 'list', '--until', '1h')).toEqual([]);

    const dry = ['delivery', 'replay', '--since', '1h', '--receiver', stand.receiver.url];
    expect(await ada.awe([...dry, '--dry-run'])).toEqual({ code: 0, stdout: '2\n', stderr: '' });
    const refused = await ada.awe(dry, { typed: 'n\n' });
    expect(refused).toMatchObject({ code: 0, stdout: '' });
    expect(refused.stderr).toContain('Send 2 webhooks again? [y/N] ');
    expect(refused.stderr).toMatch(/Nothing was sent\.\n$/);

    const retried = await ada.json<Row[]>('delivery', 'retry', given[0]?.id ?? '');
    expect(retried).toMatchObject([{ id: given[0]?.id, status: 'pending' }]);
    const replayed = await ada.awe(dry, { typed: 'y\n' });
    expect(replayed.stdout).toBe('1 deliveries are sent again.\n');
    expect(replayed.stderr).toContain('Replaying');
    expect(await ada.awe([...dry, '--yes'])).toEqual({ code: 0, stdout: '0\n', stderr: '' });
  });

  it('are retried up to the first that is refused', async () => {
    const { code, stderr } = await ada.awe(['delivery', 'retry', 'a', 'b']);
    expect(code).toBe(1);
    expect(stderr.match(/AWE-007, status 404/g)).toHaveLength(1);
  });
});

describe('secrets', () => {
  it('are made, shown once, rotated and deleted by name', async () => {
    const made = await ada.awe(['secret', 'create', 'land', '--value-only']);
    expect(made).toEqual({ code: 0, stderr: '', stdout: expect.stringMatching(/^whsec_\S+\n$/) });
    const listed = await viewer.json<Row[]>('secret', 'list');
    expect(listed.map(({ name }) => name)).toEqual(['land']);
    expect(JSON.stringify(listed)).not.toContain('whsec_');

    const rotated = await ada.json<{ secret: string; id: string }>(
      'secret',
      'rotate',
      'land',
      '--effective-in-hours',
      '0',
    );
    expect(rotated.id).toBe(listed[0]?.id);
    expect(`${rotated.secret}\n`).not.toBe(made.stdout);
    expect(await ada.awe(['secret', 'delete', 'land'], { typed: 'no\n' })).toMatchObject({
      code: 0,
      stdout: '',
    });
    expect(await ada.awe(['secret', 'delete', 'land'])).toEqual({
      code: 0,
      stderr: '',
      stdout: 'Secret land is deleted.\n',
    });
    expect(await ada.awe(['secret', 'delete', 'land'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'awe: No secret has the id or the name "land". Those that there are: awe secret list\n',
    });
  });

  it('take a value from a file, without its line end, and warn on a terminal', async () => {
    await writeFile(join(directory(), 'value'), `${SECRET}\n`);
    const { stdout, stderr } = await ada.awe(['secret', 'create', 'kept', '--value-from', 'value'], {
      cwd: directory(),
      typed: '',
    });
    expect(stdout).toContain(`Value:   ${SECRET}\n`);
    expect(stderr).toBe(
      'This value is not shown again. It stays in the scrollback of this terminal: pipe it to where it is kept.\n',
    );
    const missing = await ada.awe(['secret', 'create', 'x', '--value-from', 'nothing'], { cwd: directory() });
    expect(missing).toMatchObject({
      code: 64,
      stderr: expect.stringMatching(/^awe: --value-from: nothing cannot be read: ENOENT/),
    });
  });
});

describe('delegations', () => {
  it('are made for a while, listed and ended', async () => {
    const line = [
      'delegation',
      'create',
      '--user',
      'olga',
      '--to',
      'oona',
      '--starts',
      '2026-05-01',
      '--ends',
      '2026-05-15T12:00+02:00',
    ];
    const made = await ada.json<Row>(...line, '-r', 'leave');
    expect(made).toMatchObject({
      user_id: 'olga',
      delegate_to: 'oona',
      starts_at: '2026-05-01T00:00:00.000Z',
      ends_at: '2026-05-15T10:00:00.000Z',
    });
    const listed = await viewer.awe(['delegation', 'list', '--user', 'olga']);
    expect(listed.stdout).toBe(
      `${made.id}\tolga\toona\t2026-05-01T00:00:00.000Z\t2026-05-15T10:00:00.000Z\tleave\n`,
    );
    expect((await ada.awe(['delegation', 'delete', made.id])).code).toBe(0);
    expect(await viewer.json('delegation', 'list')).toEqual([]);
  });

  it('are refused when they end before they start', async () => {
    const ended = await ada.awe(['delegation', 'create', '--user', 'olga', '--to', 'oona', '--ends', '1d']);
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('(AWE-010, status 400') });
  });
});

describe('the audit log', () => {
  it('is searched by who, what and when', async () => {
    const ofAda = await viewer.json<Row[]>(
      'audit',
      'list',
      '--actor',
      'ada',
      '--action',
      'policy.activate',
      '--since',
      '1h',
    );
    expect(ofAda).toMatchObject([{ action: 'policy.activate' }]);
    expect(await viewer.json('audit', 'list', '--actor', caller.sub)).toEqual([]);
    expect(await viewer.awe(['audit', 'list', '--resource-type', 'policy', '-n', '1'])).toMatchObject({
      stdout: expect.stringMatching(/^\d+\t\S+Z\tada\tpolicy\.activate\t.+\n$/),
    });
  });

  it('is not for everybody', async () => {
    const { code, stderr } = await aweOn(url, 'olga').awe(['audit', 'list']);
    expect(code).toBe(1);
    expect(stderr).toContain('(AWE-008, status 403');
  });
});
