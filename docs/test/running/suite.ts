import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Block, placeOf } from '../reading/block.ts';
import { kindOf, PLAYED } from '../reading/kind.ts';
import { type Page, readPages } from '../reading/page.ts';
import { type Ground, openGround } from './ground.ts';
import { openPlay, type Play } from './play.ts';
import { missingProgram } from './programs.ts';

const isPlayed = (block: Block) => {
  const kind = kindOf(block)?.kind;
  return kind !== undefined && PLAYED.has(kind);
};

/** A suite for each of the pages with something to play, each block a test. */
export function playPages(chosen: (page: Page) => boolean): void {
  const plays = readPages()
    .filter(chosen)
    .map((page) => ({ page, blocks: page.blocks.filter(isPlayed) }))
    .filter(({ blocks }) => blocks.length > 0);
  describe.each(plays)('$page.path does what it says', ({ page, blocks }) => playPage(page, blocks));
}

function playPage(page: Page, blocks: readonly Block[]): void {
  let ground: Ground;
  let play: Play;
  let broken = false;
  /** The program without which the last command was left out, and so is what it would have printed. */
  let missing: string | null = null;

  beforeAll(async () => {
    ground = await openGround(page);
    play = await openPlay(ground);
  });
  afterAll(async () => {
    await play.close();
    await ground.close();
  });

  it.each(blocks.map((block) => ({ block, place: placeOf(block) })))('$place', async ({ block, place }) => {
    expect(broken, 'a block before this one is broken').toBe(false);
    const kind = kindOf(block)?.kind;
    if (kind === 'command') missing = missingProgram(block.text);
    if (missing !== null && kind !== 'saved') {
      expect(process.env.CI, `${place} needs ${missing}, which CI has to have`).not.toBe('true');
      console.warn(`${place}: LEFT OUT, because this machine has no ${missing}`);
      return;
    }
    broken = true;
    await play.block(block);
    broken = false;
  });
}
