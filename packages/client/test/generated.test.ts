import { readdir, readFile } from 'node:fs/promises';
import { createClient } from '@awe/client';
import { OPERATIONS } from '@awe/contract/operations';
import { describe, expect, it } from 'vitest';
import { GENERATED, generatedFiles } from '../generate/generated-files.ts';

describe('src/generated', () => {
  it('is what `npm run generate -w @awe/client` makes of the contract', async () => {
    const files = await generatedFiles();
    expect(Object.keys(files).sort()).toEqual((await readdir(GENERATED)).sort());
    for (const [name, text] of Object.entries(files)) {
      expect(await readFile(new URL(name, GENERATED), 'utf8'), `${name} is not up to date`).toBe(text);
    }
  });

  it('gives the client every operation of the contract, and nothing else', () => {
    const { as, pages, answered, lines, ...calls } = createClient({ baseUrl: '' });
    expect(Object.keys(calls).sort()).toEqual(Object.keys(OPERATIONS).sort());
    expect(Object.keys(answered)).toEqual(Object.keys(calls));
  });
});
