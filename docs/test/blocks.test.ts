import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ADMIN, standIn } from '../../packages/server/test/http/stand-in.ts';
import { ROOT } from '../../packages/server/test/safety/source-files.ts';
import { dataFaults } from './checking/data.ts';
import { EXCEPTIONS } from './exceptions.ts';
import { type Block, placeOf } from './reading/block.ts';
import { type Kind, kindOf } from './reading/kind.ts';
import { readPages } from './reading/page.ts';

const blocks = readPages().flatMap((page) => page.blocks);
const SCRIPTS = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts;

describe('a block of a document', () => {
  it('says what it is, so that it is held by something', () => {
    expect(blocks.length).toBeGreaterThan(20);
    const unknown = blocks.filter((block) => kindOf(block) === null);
    expect(unknown.map((block) => `${placeOf(block)} ${block.language}`)).toEqual([]);
  });

  it.each(ofKind('copy').map(({ block, kind }) => ({ place: placeOf(block), block, kind })))(
    'is the file that it names: $place',
    ({ block, kind }) => {
      expect(`${block.text}\n`).toBe(readFileSync(join(ROOT, kind.file), 'utf8'));
    },
  );

  it.each(
    ofKind('call', 'answered', 'policy', 'settings', 'scraping').map((each) => ({
      ...each,
      place: placeOf(each.block),
    })),
  )('has the shape that it claims: $place', ({ block, kind }) => {
    expect(dataFaults(block, kind)).toEqual([]);
  });

  it.each(ofKind('log').map(({ block }) => ({ block, place: placeOf(block) })))(
    'has the fields of a line that the service writes about a refused call: $place',
    async ({ block }) => {
      const { app, lines } = standIn();
      await app.inject({ url: '/v1/awe/tasks?limit=0', headers: { authorization: ADMIN } });
      await app.close();
      // The stand-in names the process where the service names its module.
      const { pid: _, hostname: __, ...written } = JSON.parse(lines.at(-1) ?? '{}');
      expect(Object.keys(JSON.parse(block.text)).sort()).toEqual([...Object.keys(written), 'module'].sort());
    },
  );

  it('that is written to a file is used by a command of its page', () => {
    const commands = ofKind('command').map(({ block }) => block);
    const unused = ofKind('saved').filter(
      ({ block, kind }) =>
        !commands.some(({ page, text }) => page === block.page && text.includes(kind.file)),
    );
    expect(unused.map(({ block }) => placeOf(block))).toEqual([]);
  });

  it('is no longer than it promises', () => {
    const long = blocks.filter(
      (block) => block.marks.has('lines') && block.text.split('\n').length > Number(block.marks.get('lines')),
    );
    expect(long.map(placeOf)).toEqual([]);
  });

  it('is a drawing only where no command is drawn', () => {
    const commands = ofKind('drawing').filter(({ block }) => /^(\$|npm|npx|curl|awe) /m.test(block.text));
    expect(commands.map(({ block }) => placeOf(block))).toEqual([]);
  });
});

describe('the table of exceptions', () => {
  const used = ofKind('exception');

  it('has a row for every block that is not played, and no row that nobody uses', () => {
    expect([...new Set(used.map(({ kind }) => kind.name))].sort()).toEqual(Object.keys(EXCEPTIONS).sort());
  });

  it.each(Object.entries(EXCEPTIONS))('says of %s what holds it instead', (_, { heldBy }) => {
    const script = /^npm run (\S+)$/.exec(heldBy)?.[1];
    if (script === undefined) expect(existsSync(join(ROOT, heldBy))).toBe(true);
    else expect(SCRIPTS).toHaveProperty([script]);
  });
});

function ofKind<Name extends Kind['kind']>(...names: Name[]) {
  return blocks.flatMap((block: Block) => {
    const kind = kindOf(block);
    return kind !== null && names.includes(kind.kind as Name)
      ? [{ block, kind: kind as Extract<Kind, { kind: Name }> }]
      : [];
  });
}
