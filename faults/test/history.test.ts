import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStand, type Stand } from '../../packages/server/test/service/stand.ts';
import { deadlineIn } from '../crashes/until.ts';
import { judge } from '../history/history-faults.ts';
import { readLedger } from '../history/ledger.ts';
import { startLoad } from '../load/load.ts';
import { setUp } from '../load/policies.ts';
import { ledgerFaults } from '../truth/ledger-faults.ts';
import { callOf, LIES, unanswered } from './lies.ts';
import { truthfulHistory } from './made-history.ts';

const SEED = Number(process.env.AWE_SEED ?? Date.now() % 2 ** 31);

describe('the checker of histories', () => {
  it('finds nothing in one that is true', () => {
    expect(judge(truthfulHistory())).toEqual({ faults: [], lost: 0, deliveries: 4, duplicates: 0 });
  });

  it.each(LIES)('sees that $name', ({ tell, says }) => {
    const history = structuredClone(truthfulHistory());
    tell(history);
    expect(judge(history).faults).toContainEqual(expect.stringMatching(says));
  });

  it('allows what was not answered both to be there and not to be', () => {
    const there = truthfulHistory();
    for (const id of [1, 3, 5, 12, 13]) unanswered(callOf(there, id));
    expect(judge(there).faults).toEqual([]);
    const notThere = truthfulHistory();
    for (const id of [6, 8]) unanswered(callOf(notThere, id));
    expect(judge(notThere).faults).toEqual([]);
  });

  it('takes a 503 of a fallen database for no answer, and the others at their word', () => {
    const said = (code: string) => {
      const history = truthfulHistory();
      callOf(history, 13).answer = { status: 503, text: `{"errors":[{"errorCode":"${code}"}]}` };
      return judge(history).faults;
    };
    expect(said('AWE-006')).toEqual([]);
    expect(said('AWE-005')).toContainEqual(expect.stringMatching(/is not the work of any call/));
  });

  it('lets a graceful stop cut off nothing that was carried out', () => {
    const history = truthfulHistory();
    unanswered(callOf(history, 5));
    unanswered(callOf(history, 6));
    expect(judge({ ...history, isGraceful: true }).faults).toEqual([
      'call 5 (decide t3 by cleo, no answer) was carried out, and its answer was cut off by a graceful stop.',
    ]);
  });

  it('counts what came more than once, and does not mind', () => {
    const history = truthfulHistory();
    history.received.push(history.received[0]!);
    expect(judge(history)).toMatchObject({ faults: [], duplicates: 1 });
  });
});

describe('two replicas under a load of clients', () => {
  let stand: Stand;
  beforeAll(async () => {
    stand = await openStand({ replicas: 2, env: { AWE__WEBHOOK__BACKOFF_SECONDS: '[0.2]' } });
  });
  afterAll(() => stand.close());

  it(`leave a history that is true, and a ledger that is well (AWE_SEED=${SEED})`, async () => {
    const { services, receiver, sql } = stand;
    const { until } = deadlineIn(100);
    await setUp(services[0]!.url);
    const load = startLoad({
      seed: SEED,
      clients: 6,
      urls: () => services.map(({ url }) => url),
      callbackUrl: receiver.url,
      letTimePass: () => stand.hoursPass(13),
    });
    await until('the clients to be answered', () => load.calls.length >= 300);
    await load.stop();
    const pending = () => sql("select id from webhook_delivery where status = 'pending'");
    await until('every delivery to be made', async () => (await pending()).length === 0);
    const ledger = await readLedger(sql);
    expect(await ledgerFaults(sql)).toEqual([]);
    const told = [...ledger.deliveries.keys()];
    const received = await Promise.all(told.map((id) => receiver.expect(({ event_id }) => event_id === id)));
    expect(judge({ calls: load.calls, received, ledger }).faults).toEqual([]);
  }, 120_000);
});
