import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ExportLine, writeLine } from '@awe/server/integrity/export-line';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chronicle, openChronicle } from './chronicle.ts';

const COMMAND = fileURLToPath(new URL('../../src/integrity/verify.ts', import.meta.url));

let chronicle: Chronicle;
let lines: ExportLine[];
let directory: string;

beforeAll(async () => {
  chronicle = await openChronicle();
  lines = await chronicle.lines();
  directory = await mkdtemp(join(tmpdir(), 'awe-verify-'));
});
afterAll(async () => {
  await chronicle.close();
  await rm(directory, { recursive: true, force: true });
});

type Ended = { code: number; out: string; err: string };

function verify(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, ...args], (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

async function file(name: string, content: string | readonly ExportLine[]): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, typeof content === 'string' ? content : content.map(writeLine).join(''));
  return path;
}

/** A file of its own: what stands before the last line is counted anew. */
function closed(content: readonly ExportLine[]): ExportLine[] {
  const inner = content.filter(({ type }) => type !== 'end');
  return [...inner, { type: 'end', lines: inner.length }];
}

describe('the command', () => {
  it('is content with a log that nobody touched, kept checkpoints and their key', async () => {
    const { kept } = chronicle;
    const ended = await verify(
      await file('export.ndjson', lines),
      '--checkpoints',
      await file('kept.ndjson', kept.map((each) => JSON.stringify(each)).join('\n')),
      '--key',
      await file('key.json', JSON.stringify(kept[0]?.key)),
    );
    expect(ended).toEqual({
      code: 0,
      err: '',
      out: 'Note: 1 requests have links from a later event on: those before are not covered.\n4 requests, 5 audit rows, 2 checkpoints. Nothing is wrong.\n',
    });
  });

  it('takes kept checkpoints as an array, as bare signatures, and keys as a set', async () => {
    const { kept } = chronicle;
    const log = await file('export.ndjson', lines);
    const bare = await file('bare.txt', `${kept.map(({ jws }) => jws).join('\n')}\n`);
    const array = await file('array.json', JSON.stringify(kept));
    const keys = await file('keys.json', JSON.stringify({ keys: [kept[0]?.key] }));
    for (const held of [bare, array]) {
      expect((await verify(log, '--checkpoints', held, '--key', keys)).code).toBe(0);
    }
  });

  it('says on what its word rests when it is given nothing but an export', async () => {
    const { code, out } = await verify(await file('export.ndjson', lines));
    expect(code).toBe(0);
    expect(out).toMatch(/Note: Signatures were checked with the keys in the export itself/);
    expect(out).toMatch(/Note: No checkpoint was given that was kept elsewhere/);
  });

  it('names each place that was changed, and exits with 1', async () => {
    const altered = lines.map((line) =>
      line.type === 'request' && line.request.id === chronicle.ids.late
        ? { ...line, request: { ...line.request, artifact_id: 'a-2' } }
        : line,
    );
    const { code, out } = await verify(await file('altered.ndjson', altered));
    expect(code).toBe(1);
    expect(out).toContain(
      `request ${chronicle.ids.late}, event 1: does not match its link: it, or what the request asks for, was changed`,
    );
    expect(out).toMatch(/1 faults: the log is not as it was written\.\n$/);
  });

  it('verifies an archived request together with its archive', async () => {
    const { open } = chronicle.ids;
    const request = lines.find((line) => line.type === 'request' && line.request.id === open);
    if (request?.type !== 'request') throw new Error('it is not there');
    const [header] = lines as [ExportLine];
    const { head } = request;
    const { sequence } = request.request;
    const tombstone = {
      type: 'archived_request',
      request_id: open,
      sequence,
      head,
      archived_at: '',
    } as const;
    const rest = await file('rest.ndjson', closed([...lines.filter((line) => line !== request), tombstone]));
    const archive = await file('archive.ndjson', closed([header, request]));
    expect(await verify(rest, archive)).toMatchObject({ code: 0 });
    expect(await verify(rest)).toMatchObject({
      code: 1,
      out: expect.stringContaining(`request ${open}: was archived, and its archive is not among the files`),
    });
    const other = { ...request, events: request.events.slice(0, -1) };
    expect(await verify(rest, await file('other.ndjson', closed([header, other])))).toMatchObject({
      code: 1,
      out: expect.stringContaining(`request ${open}, head: is not the link of the newest event`),
    });
  });

  it.each([
    ['without its end', (all: ExportLine[]) => all.slice(0, -1)],
    ['without a line', (all: ExportLine[]) => all.filter(({ type }) => type !== 'key')],
  ])('notices a file %s', async (_, cut) => {
    const { code, out } = await verify(await file('cut.ndjson', cut(lines)));
    expect(code).toBe(1);
    expect(out).toMatch(/^file: is cut short, or lines were added or removed/m);
  });

  it('names a line that is of no type it knows, or not whole', async () => {
    const odd = [...lines.slice(0, 1), { type: 'riddle' }, { type: 'request' }, ...lines.slice(1)];
    const { code, out } = await verify(await file('odd.ndjson', odd as ExportLine[]));
    expect(code).toBe(1);
    expect(out).toMatch(/^line 2: cannot be read: is of no type that this verifier knows$/m);
    expect(out).toMatch(/^line 3: cannot be read: /m);
  });

  it('explains itself', async () => {
    expect(await verify('--help')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Verifies an export of the approval log\..*Exit code: 0/s),
    });
  });

  it.each<[string, () => Promise<string[]>, RegExp]>([
    ['nothing', async () => [], /^no export is named\n\nVerifies an export/],
    ['an option it does not know', async () => ['--fast'], /^Unknown option '--fast'/],
    ['a file that is not there', async () => [join(directory, 'none')], /none cannot be read: ENOENT/],
    ['a directory', async () => [directory], /is not a file\n$/],
    ['what is not JSON', async () => [await file('words', 'words\n')], /words, line 1: is not JSON/],
    [
      'a key that is none',
      async () => [await file('e', lines), '--key', await file('k', '{"a": 1}')],
      /k holds something that is no JWK\n$/,
    ],
    [
      'checkpoints that are none',
      async () => [await file('e', lines), '--checkpoints', await file('c', '{"a": 1}')],
      /c holds something that is no checkpoint\n$/,
    ],
  ])('exits with 2 on %s', async (_, args, says) => {
    expect(await verify(...(await args()))).toEqual({ code: 2, out: '', err: expect.stringMatching(says) });
  });
});
