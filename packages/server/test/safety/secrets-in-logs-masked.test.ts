import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';

const lines: string[] = [];
const log = createLog('test', 'info', { write: (line) => void lines.push(line) });
const written = (write: () => void): Record<string, unknown> & { msg: string } => {
  write();
  return JSON.parse(lines.pop() ?? '');
};

describe('a line that should never have been written', () => {
  it.each([
    ['with Authorization: Bearer abc.def-ghi_jkl~', 'with Authorization: Bearer ***'],
    ['basic YWRtaW46aHVudGVyMg== failed', 'basic *** failed'],
    ['token eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.sig-_ was bad', 'token *** was bad'],
    ['token eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0. was bad', 'token *** was bad'],
    ['signed with whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'signed with whsec_***'],
    ['no way to postgres://awe:hunter2@db:5432/awe', 'no way to postgres://awe:***@db:5432/awe'],
    ['sent grant_type=x&client_secret=hunter2&a=b', 'sent grant_type=x&client_secret=***&a=b'],
    ['postgres://db/awe?user=a&password=hunter2', 'postgres://db/awe?user=a&password=***'],
  ])('comes out masked, and still JSON: %s', (text, shown) => {
    expect(written(() => log.info(text)).msg).toBe(shown);
    expect(written(() => log.info({ nested: { deep: [text] } }, 'x')).nested).toEqual({ deep: [shown] });
    expect(written(() => log.error({ err: new Error(text) }, 'x')).err).toMatchObject({ message: shown });
  });

  it.each([
    'a basic fact',
    'the bearer of news',
    'AWE is up on http://127.0.0.1:8000 (try it)',
    'mail ada@example.org',
  ])('is left alone where it holds no secret: %s', (text) => {
    expect(written(() => log.info(text)).msg).toBe(text);
  });
});

describe('an error', () => {
  it('is told with its causes, and without what else hangs on it', () => {
    const cause = Object.assign(new Error('refused'), {
      code: 'ECONNREFUSED',
      response: { body: 'hunter2' },
    });
    const error = Object.assign(new TypeError('no answer', { cause }), { config: { password: 'hunter2' } });
    const line = written(() => log.error({ err: error }, 'x'));
    expect(line.err).toMatchObject({
      type: 'TypeError',
      message: 'no answer',
      stack: expect.stringContaining('no answer'),
      cause: { type: 'Error', message: 'refused', code: 'ECONNREFUSED' },
    });
    expect(JSON.stringify(line)).not.toContain('hunter2');
  });

  it('may be no error at all, or its own cause', () => {
    expect(written(() => log.error({ err: 'out of luck' }, 'x')).err).toEqual({ message: 'out of luck' });
    const own = new Error('round and round');
    own.cause = own;
    expect(written(() => log.error({ err: own }, 'x')).err).toMatchObject({ message: 'round and round' });
  });
});
