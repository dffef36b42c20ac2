import { fakeEvent, type SignedWebhook, signWebhook } from '@awe/client/testing';
import { verifyWebhook } from '@awe/client/webhooks';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { NOW, now, OTHER, SECRET } from './hmac.ts';
import { refusal } from './refusal.ts';

/** Either of the two schemes alone, so that no other signature stands in for one that was changed. */
const SCHEMES = [/^x-approval/, /^webhook/];

let signed: SignedWebhook;
beforeAll(async () => {
  signed = await signWebhook(fakeEvent('stage_completed'), { secret: SECRET, at: NOW });
});

const seed = Number(process.env.AWE_SEED ?? 20260423);

describe('whoever changes one byte', () => {
  for (const scheme of SCHEMES) {
    const headers = () => Object.entries(signed.headers).filter(([name]) => scheme.test(name));

    it(`of a body signed by ${scheme} is refused`, async () => {
      const bytes = new TextEncoder().encode(signed.body);
      const change = fc.record({ at: fc.nat(bytes.length - 1), by: fc.integer({ min: 1, max: 255 }) });
      const refuses = fc.asyncProperty(change, async ({ at, by }) => {
        const body = bytes.with(at, (bytes[at] ?? 0) ^ by);
        const verified = verifyWebhook({
          body,
          headers: Object.fromEntries(headers()),
          secrets: [SECRET, OTHER],
          now,
        });
        expect((await refusal(verified)).code).toBe('wrong_signature');
      });
      await fc.assert(refuses, { seed });
    });

    it(`of a body signed by ${scheme}, adds or takes one is refused`, async () => {
      const { body } = signed;
      const cut = fc.nat(body.length - 1).map((at) => body.slice(0, at) + body.slice(at + 1));
      const grown = fc
        .tuple(fc.nat(body.length), fc.string({ minLength: 1, maxLength: 1 }))
        .map(([at, more]) => body.slice(0, at) + more + body.slice(at));
      const refuses = fc.asyncProperty(fc.oneof(cut, grown), async (changed) => {
        const given = { body: changed, headers: Object.fromEntries(headers()), secrets: [SECRET], now };
        expect((await refusal(verifyWebhook(given))).code).toBe('wrong_signature');
      });
      await fc.assert(refuses, { seed });
    });

    it(`of a header of ${scheme} is refused`, async () => {
      const change = fc.record({ header: fc.nat(), at: fc.nat(), to: fc.integer({ min: 0x21, max: 0x7e }) });
      const refuses = fc.asyncProperty(change, async ({ header, at, to }) => {
        const all = headers();
        const [name, value] = all[header % all.length] ?? ['', ''];
        const place = at % value.length;
        const changed = value.slice(0, place) + String.fromCharCode(to) + value.slice(place + 1);
        fc.pre(changed !== value);
        const given = { ...Object.fromEntries(all), [name]: changed };
        const verified = verifyWebhook({ body: signed.body, headers: given, secrets: [SECRET], now });
        expect(['wrong_signature', 'stale', 'malformed_header', 'contradiction']).toContain(
          (await refusal(verified)).code,
        );
      });
      await fc.assert(refuses, { seed });
    });
  }

  it.each([
    ['in capitals', /^x-approval/, (text: string) => `sha256=${text.slice(7).toUpperCase()}`],
    ['without padding', /^webhook/, (text: string) => text.replace(/=+$/, '')],
    // The last letter of 32 bytes stands for four bits and two that are not looked at.
    ['with other bits left over', /^webhook/, (text: string) => text.replace(/.=$/, nextLetter)],
  ])('writes the same signature %s is refused', async (_, scheme, rewrite) => {
    const headers = Object.fromEntries(
      Object.entries(signed.headers)
        .filter(([name]) => scheme.test(name))
        .map(([name, value]) => [name, name.endsWith('signature') ? rewrite(value) : value]),
    );
    const verified = verifyWebhook({ body: signed.body, headers, secrets: [SECRET], now });
    expect((await refusal(verified)).code).toBe('wrong_signature');
  });
});

function nextLetter([letter = '']: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return `${letters[letters.indexOf(letter) + 1]}=`;
}
