import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENT_TYPES, type TimelineEvent } from '@awe/engine/event';
import { describe, expect, it } from 'vitest';
import { group, observer, policy, required, stage, user } from '../../packages/engine/test/policy-words.ts';
import { type Given, start } from '../../packages/engine/test/scenario.ts';
import { ROOT } from '../../packages/server/test/safety/source-files.ts';
import { CATALOGUES } from '../generate/catalogues.ts';
import { EVENT_ENTRIES, REASONS } from '../generate/event-payloads.ts';

describe('a generated page', () => {
  it.each(CATALOGUES)('%s is what the code says (else: npm run catalogues)', (path, text) => {
    expect(readFileSync(join(ROOT, path), 'utf8')).toBe(text());
  });
});

const IN_EVERY = ['request_id', 'artifact_type', 'artifact_id', 'status', 'stage_order'];
/** What only people and callers say: the scenarios leave it out. */
const OF_PEOPLE = ['comment?', 'attachments_ref?'];

describe('the payloads of docs/events.md', () => {
  const events = stories();

  it.each(EVENT_TYPES)('%s has the fields that are listed, and no others', (type) => {
    const payloads = events.filter((event) => event.event_type === type).map(({ payload }) => payload);
    const seen = new Set(payloads.flatMap((payload) => Object.keys(payload)));
    const sometimes = [...seen].filter((name) => !payloads.every((payload) => name in payload));
    const found = [...seen]
      .filter((name) => !IN_EVERY.includes(name))
      .map((name) => (sometimes.includes(name) ? `${name}?` : name));
    const listed = Object.keys(EVENT_ENTRIES[type].payload).filter((name) => !OF_PEOPLE.includes(name));
    expect(found.sort()).toEqual(listed.sort());
    for (const name of IN_EVERY) expect(seen).toContain(name);
  });

  it('name every reason that the stories end with', () => {
    const reasons = events.flatMap(({ event_type, payload }) =>
      event_type === 'request_rejected' ? [payload.reason] : [],
    );
    expect(new Set(reasons).size).toBeGreaterThan(3);
    for (const reason of reasons) expect(REASONS).toHaveProperty(String(reason));
  });
});

/** Stories in which every event comes to be, with and without what it has only sometimes. */
function stories(): readonly TimelineEvent[] {
  const BOSSES = group('/bosses');
  const given: Given = { requester: 'rita', lookups: [[BOSSES, ['eva']]] };
  const careless = { skip_if: { '<': [{ var: 'amount' }, 1] } };

  const smooth = start(
    policy([stage('one', { rules: [user('ann'), user('bob')] }), stage('two', { rules: [user('cyd')] })]),
  );
  smooth.person('ann').claims();
  smooth.person('ann').approves();
  smooth.admin().approvesFor('bob');
  smooth.admin().reassigns('cyd', 'dan');
  smooth.admin().reassigns('dan', 'eli', 'on leave');
  smooth.person('eli').approves();

  const late = start(
    policy([
      stage('slow', {
        ...careless,
        sla_hours: 1,
        on_breach: 'escalate',
        rules: [user('ann')],
        escalation_rules: [required(BOSSES), observer(user('olaf'))],
      }),
      stage('last', { rules: [BOSSES] }),
    ]),
    given,
  );
  late.lookupFails(BOSSES);
  late.hoursPass(2);
  late.lookupAnswers(BOSSES, 'eva');
  late.hoursPass(1);
  late.lookupFails(BOSSES);
  late.person('ann').approves();
  late.person('eva').approves();
  late.admin().cancels();

  const bare = start(
    policy([
      stage('bare', {
        sla_hours: 1,
        on_breach: 'escalate',
        rules: [user('ann')],
        escalation_rules: [BOSSES],
      }),
    ]),
    given,
  );
  bare.hoursPass(2);
  bare.admin().cancels('withdrawn', 'rita');

  const skipped = start(
    policy([
      stage('one', { skip_if: { '==': [1, 1] }, rules: [user('ann')] }),
      stage('two', { ...careless, on_empty: 'skip', rules: [] }),
    ]),
  );
  const blocked = start(policy([stage('one', { ...careless, rules: [] })]));
  const scarce = start(policy([stage('one', { mode: 'any-n', mode_value: 3, rules: [user('ann')] })]));
  const breached = start(
    policy([stage('one', { sla_hours: 1, on_breach: 'auto_reject', rules: [user('ann')] })]),
  );
  breached.hoursPass(2);
  const refused = start(policy([stage('one', { rules: [user('ann')] })]));
  refused.person('ann').rejects();

  return [smooth, late, bare, skipped, blocked, scarce, breached, refused].flatMap((story) => story.events());
}
