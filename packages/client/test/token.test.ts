import type { TokenAsk } from '@awe/client';
import { describe, expect, it } from 'vitest';
import { json, playNetwork, refusal } from './played-network.ts';
import { refused } from './refused.ts';

const denied = refusal(401, 'AWE-008');
const bearers = (sent: readonly Request[]) => sent.map(({ headers }) => headers.get('authorization'));

/** A provider that gives a token of another number each time, and notes how it was asked. */
function counting() {
  const asks: boolean[] = [];
  const token = async ({ refresh }: TokenAsk) => `token-${asks.push(refresh)}`;
  return { asks, token };
}

describe('a token provider', () => {
  it('is asked for every attempt', async () => {
    const { asks, token } = counting();
    const { awe, sent } = playNetwork([refusal(503, 'AWE-005'), json(200, [])], { token });
    await awe.listPolicies();
    expect(asks).toEqual([false, false]);
    expect(bearers(sent)).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('is asked once more when its token was refused, and the call repeated at once', async () => {
    const { asks, token } = counting();
    const { awe, sent, pauses } = playNetwork([denied, json(201, {})], { token });
    await awe.decide({ path: { task_id: 't' }, body: { action: 'approve' } });
    expect(asks).toEqual([false, true]);
    expect(bearers(sent)).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(pauses).toEqual([]);
  });

  it('is not asked a third time', async () => {
    const { asks, token } = counting();
    const { awe } = playNetwork([denied], { token, retries: false });
    expect(await refused(awe.listPolicies())).toMatchObject({ code: 'AWE-008', status: 401, attempts: 2 });
    expect(asks).toEqual([false, true]);
  });

  it('that fails ends the call with its own error', async () => {
    const { awe, sent } = playNetwork([json(200, [])], {
      token: () => Promise.reject(new Error('the session has ended')),
    });
    await expect(awe.listPolicies()).rejects.toThrow('the session has ended');
    expect(sent).toEqual([]);
  });

  it('learns when its caller gives up, and is not waited for', async () => {
    const reason = new Error('the user left');
    const leaving = new AbortController();
    let given: AbortSignal | undefined;
    const { awe, sent } = playNetwork([json(200, [])], {
      token: ({ signal }) => {
        given = signal;
        leaving.abort(reason);
        return new Promise(() => {});
      },
    });
    await expect(awe.listPolicies({ signal: leaving.signal })).rejects.toBe(reason);
    expect([given?.aborted, sent]).toEqual([true, []]);
  });

  it('has as much time as an attempt', async () => {
    const { awe, sent } = playNetwork([json(200, [])], {
      token: () => new Promise(() => {}),
      timeoutMs: 777,
      retries: false,
    });
    const decided = awe.decide({ path: { task_id: 't' }, body: { action: 'approve' } });
    expect(await refused(decided)).toMatchObject({
      code: 'TIMEOUT',
      outcome: 'refused',
      message: 'decide: no token within 777 ms (timeoutMs).',
    });
    expect(sent).toEqual([]);
  });

  it('is asked for another one once, and not again when other failures follow', async () => {
    const { asks, token } = counting();
    const { awe } = playNetwork([denied, refusal(503, 'AWE-005'), json(200, [])], { token });
    await awe.listPolicies();
    expect(asks).toEqual([false, true, false]);
  });
});

describe('a token', () => {
  it('that is a text and refused is refused', async () => {
    const { awe, sent } = playNetwork([denied]);
    expect(await refused(awe.listPolicies())).toMatchObject({ code: 'AWE-008', attempts: 1 });
    expect(sent).toHaveLength(1);
  });

  it('of a call goes before that of `as`, and that before the client’s', async () => {
    const { awe, sent } = playNetwork([json(200, [])]);
    await awe.listTasks();
    await awe.as('of-olga').listTasks();
    await awe.as('of-olga').listTasks({ token: 'of-omar' });
    expect(bearers(sent)).toEqual(['Bearer a-token', 'Bearer of-olga', 'Bearer of-omar']);
  });

  it('is sent by no client that has none', async () => {
    const { awe, sent } = playNetwork([json(200, [])], { token: undefined });
    await awe.listTasks();
    expect(bearers(sent)).toEqual([null]);
  });

  it('never stands in an error', async () => {
    const { awe } = playNetwork([denied], { token: 'secret-token' });
    const error = await refused(awe.listPolicies());
    expect(`${JSON.stringify(error)} ${error.message} ${error.stack}`).not.toContain('secret-token');
  });

  it('may end with the line break of its file', async () => {
    const { awe, sent } = playNetwork([json(200, [])], { token: () => 'from-a-file\n' });
    await awe.listTasks();
    expect(bearers(sent)).toEqual(['Bearer from-a-file']);
  });

  it.each([
    ['has a line break within', 'secret\ntoken', 'other text'],
    ['has letters that no header holds', 'secret–token', 'other text'],
    ['is none', undefined, 'undefined'],
  ])('that %s is not sent, not tried again, and not told', async (_, token, what) => {
    const { awe, sent, pauses } = playNetwork([json(200, [])], { token: () => token as string });
    await expect(awe.listTasks()).rejects.toThrow(
      new TypeError(
        `The token must be what stands after "Bearer ": text without blanks and line breaks, and it is ${what}`,
      ),
    );
    expect([sent, pauses]).toEqual([[], []]);
  });
});
