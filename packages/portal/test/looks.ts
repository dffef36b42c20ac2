import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const PICTURES = join(import.meta.dirname, '../../../docs/portal');
const SIZES = { desktop: { width: 1360, height: 860 }, phone: { width: 390, height: 844 } };
/** Both run in the page, whose types are none of this program’s. */
const SETTLED = `(async () => {
  const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
  await frame();
  await frame();
  await Promise.all(document.getAnimations().map((each) => each.finished.catch(() => undefined)));
})()`;
const OVERHANG = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
const LEAVES_PICTURES = process.env.AWE_SCREENSHOTS === '1';
const SCHEMES = ['light', 'dark'] as const;

/**
 * Looks at the page as it is, in light and dark, on a desktop and on a phone: throws for every axe violation, and when
 * the page is wider than its window. With `AWE_SCREENSHOTS=1` it leaves `docs/portal/<name>-<scheme>-<size>.png`, and looks
 * with axe at the phone too.
 */
export async function inspect(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  // What passes is not told, so that axe need not describe it.
  const axe = () => new AxeBuilder({ page }).options({ resultTypes: ['violations'], elementRef: false });
  const everything = axe;
  const colours = () => axe().withRules('color-contrast');
  for (const scheme of SCHEMES) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor({ state: 'attached' });
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      await settled(page);
      if (LEAVES_PICTURES) {
        await mkdir(PICTURES, { recursive: true });
        await page.screenshot({ path: join(PICTURES, `${name}-${scheme}-${size}.png`) });
      }
      const where = `${name}, ${scheme}, ${size}`;
      await throwOverhang(page, where);
      // A look takes a second or two. Dark has the structure of light; on phones everything is looked at with the pictures.
      if (size === 'desktop' && scheme === 'light') await throwViolations(page, where, everything);
      else if (size === 'desktop') await throwViolations(page, where, colours);
      else if (LEAVES_PICTURES) await throwViolations(page, where, everything);
    }
  }
  if (before) await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  // What a page does depends on its size, and it learns of that a moment later.
  await settled(page);
}

/** Two frames after the last change of size or colour, when everything is drawn, and no transition runs any more. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(SETTLED);
}

async function throwViolations(page: Page, where: string, axe: () => AxeBuilder): Promise<void> {
  let found = await violationsIn(axe());
  // A colour may still be on its way when the machine is busy: what is wrong is wrong a moment later too.
  if (found.length > 0) {
    await settled(page);
    found = await violationsIn(axe());
  }
  if (found.length > 0) throw new Error(`axe finds in ${where}:\n${found.join('\n')}`);
}

async function violationsIn(axe: AxeBuilder): Promise<string[]> {
  // There are no frames, which are what the other mode is for; it opens a page of its own each time.
  const { violations } = await axe.setLegacyMode(true).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n  ${html}\n  ${failureSummary}`),
  );
}

async function throwOverhang(page: Page, where: string): Promise<void> {
  const overhang = await page.evaluate<number>(OVERHANG);
  if (overhang > 0) throw new Error(`${where} is ${overhang} px wider than its window`);
}
