import { describe, expect, test } from 'vitest';
import { observer, policy, type RuleWords, required, stage, user } from './policy-words.ts';
import { expectRejected, start } from './scenario.ts';
import { BOSSES, slow, two } from './slow-stage.ts';

describe('on_breach escalate', () => {
  test('asks more people, with a fresh due time, and needed as it was', () => {
    const story = slow('escalate', { mode: 'percentage', mode_value: 100 });
    story.hoursPass(49);
    expect(story.pending(1)).toEqual(['ann', 'bob', 'eva', 'fred']);
    expect(story.task('eva')).toMatchObject({ escalated: true, due_at: '2026-04-24T09:00:00.000Z' });
    expect(story.payload('stage_escalated')).toMatchObject({ added: ['eva', 'fred'], attempt: 1 });
    expect(story.stage(1)).toMatchObject({ needed: 2, escalation: 'done', next_attempt_at: null });
    story.person('eva').approves();
    story.person('ann').approves();
    expect(story.request().status).toBe('approved');
  });

  test('makes a stage of mode all count: as many as were asked and have not abstained', () => {
    const story = slow('escalate', {}, [...two, user('cyd')]);
    story.person('cyd').abstains();
    story.hoursPass(48);
    story.person('eva').approves();
    expect(story.request().status).toBe('in_review');
    story.person('fred').approves();
    expect(story.request().status).toBe('approved');
    expect(story.approval().tasks.map((task) => task.status)).toEqual([
      'expired',
      'expired',
      'completed',
      'completed',
      'completed',
    ]);
  });

  test('does not lower the count of mode all when an escalated person abstains', () => {
    const story = slow('escalate');
    story.hoursPass(48);
    story.person('eva').abstains();
    story.person('ann').approves();
    expect(story.request().status).toBe('in_review');
    story.person('fred').approves();
    expect(story.request().status).toBe('approved');
  });

  test('knows an escalated seat that was reassigned for one that was not asked at activation', () => {
    const story = slow('escalate');
    story.hoursPass(48);
    story.admin().reassigns('eva', 'zoe');
    expect(story.task('zoe').escalated).toBe(true);
    story.person('zoe').abstains();
    story.person('ann').approves();
    expect(story.request().status).toBe('in_review');
  });

  test('in mode all still needs one approval when all who were asked abstain', () => {
    const story = slow('escalate');
    story.hoursPass(48);
    story.person('ann').abstains();
    story.person('bob').abstains();
    expect(story.request().status).toBe('in_review');
    story.person('eva').approves();
    expect(story.request().status).toBe('approved');
  });

  test('in mode all is rejected when everybody abstains', () => {
    const story = slow('escalate');
    story.hoursPass(48);
    for (const person of ['ann', 'bob', 'eva', 'fred']) story.person(person).abstains();
    expectRejected(story, 'no_effective_votes');
  });

  test('gives nobody a second task', () => {
    const story = slow('escalate', {}, [user('eva'), user('ann')]);
    story.hoursPass(48);
    expect(story.payload('stage_escalated').added).toEqual(['fred']);
    expect(story.seats(1)).toEqual(['eva', 'ann', 'fred']);
  });

  test('may ask a former assignee again', () => {
    const story = slow('escalate', {}, [user('eva'), user('ann')]);
    story.admin().reassigns('eva', 'zoe');
    story.hoursPass(48);
    expect(story.payload('stage_escalated').added).toEqual(['eva', 'fred']);
  });

  test('obeys the same filters', () => {
    const story = slow('escalate', {}, two, { forbid_self_approval: true });
    story.lookupAnswers(BOSSES, 'rita', 'eva');
    story.goesAway('eva', 'dora');
    story.hoursPass(48);
    expect(story.payload('stage_escalated').added).toEqual(['dora']);
    expect(story.task('dora').delegated_from).toBe('eva');
  });

  test('obeys forbid_repeat_approvers', () => {
    const story = start(
      policy(
        [
          stage('first', { rules: [user('eva')] }),
          stage('second', { sla_hours: 1, on_breach: 'escalate', rules: two, escalation_rules: [BOSSES] }),
        ],
        { forbid_repeat_approvers: true },
      ),
      { lookups: [[BOSSES, ['eva', 'fred']]] },
    );
    story.person('eva').approves();
    story.hoursPass(1);
    expect(story.payload('stage_escalated').added).toEqual(['fred']);
  });

  test('with nobody resolved behaves as notify, and says so', () => {
    const story = slow('escalate');
    story.lookupAnswers(BOSSES);
    story.hoursPass(48);
    expect(story.payload('stage_escalated')).toMatchObject({ added: [], attempt: 1 });
    expect(story.pending(1)).toEqual(['ann', 'bob']);
    story.person('ann').approves();
    story.person('bob').approves();
    expect(story.request().status).toBe('approved');
  });

  test('fires once: when the escalated breach too it behaves as notify', () => {
    const story = slow('escalate');
    story.hoursPass(48);
    story.hoursPass(48);
    expect(story.payloads('stage_escalated')).toHaveLength(1);
    expect(story.approval().tasks.every((task) => task.status === 'expired')).toBe(true);
    expect(story.hoursPass(48).kind).toBe('unchanged');
    story.person('eva').approves();
    story.person('bob').approves();
    expect(story.request().status).toBe('approved');
  });

  test('retries a failed lookup on the activation back-off, and is as notify meanwhile', () => {
    const story = slow('escalate');
    story.lookupFails(BOSSES);
    story.hoursPass(48);
    expect(story.stage(1)).toMatchObject({ status: 'open', escalation: 'due', failures: 1 });
    expect(story.payload('stage_activation_failed')).toMatchObject({
      phase: 'escalation',
      attempt: 1,
      next_attempt_at: '2026-04-22T08:00:05.000Z',
    });
    expect(story.secondsPass(4).kind).toBe('unchanged');
    story.secondsPass(1);
    expect(story.payload('stage_activation_failed')).toMatchObject({ attempt: 2 });
    story.person('ann').approves();
    story.lookupAnswers(BOSSES, 'eva');
    story.secondsPass(15);
    expect(story.payload('stage_escalated')).toMatchObject({ added: ['eva'], attempt: 3 });
    expect(story.task('eva').due_at).toBe('2026-04-24T08:00:20.000Z');
  });

  test('is retried now when forced', () => {
    const story = slow('escalate');
    story.lookupFails(BOSSES);
    story.hoursPass(48);
    story.lookupAnswers(BOSSES, 'eva');
    story.tick(true);
    expect(story.pending(1)).toEqual(['ann', 'bob', 'eva']);
  });

  test('that still fails when the stage is decided is forgotten', () => {
    const story = slow('escalate', { mode: 'any-n' });
    story.lookupFails(BOSSES);
    story.hoursPass(48);
    story.person('ann').approves();
    expect(story.stage(1)).toMatchObject({ status: 'approved', next_attempt_at: null });
    expect(story.hoursPass(1).kind).toBe('unchanged');
  });

  test('does not fill required seats: they still have to sign', () => {
    const story = slow('escalate', { mode: 'any-n' }, [required(user('ann')), user('bob')]);
    story.hoursPass(48);
    story.person('eva').approves();
    expect(story.request().status).toBe('in_review');
    story.person('ann').approves();
    expect(story.request().status).toBe('approved');
  });

  test('makes a seat required that a required escalation rule names again', () => {
    const words = { mode: 'any-n', on_breach: 'escalate', sla_hours: 48 } as const;
    const again = stage('s', { ...words, rules: two, escalation_rules: [required(user('ann'))] });
    const story = start(policy([again]));
    story.hoursPass(48);
    expect(story.payload('stage_escalated')).toMatchObject({ added: [], required_approvers: ['ann'] });
    story.person('bob').approves();
    expect(story.request().status).toBe('in_review');
    story.person('ann').approves();
    expect(story.request().status).toBe('approved');
  });

  test('can ask for a required seat of its own', () => {
    const escalation = [required(user('eva')), observer(user('olga'))];
    const story = start(
      policy([
        stage('s', {
          mode: 'any-n',
          sla_hours: 1,
          on_breach: 'escalate',
          rules: two,
          escalation_rules: escalation,
        }),
      ]),
    );
    story.hoursPass(1);
    expect(story.payload('stage_escalated')).toMatchObject({
      added: ['eva'],
      required_approvers: ['eva'],
      observers: ['olga'],
    });
    story.person('ann').approves();
    expect(story.request().status).toBe('in_review');
    story.person('eva').approves();
    expect(story.request().status).toBe('approved');
  });

  describe('with a required rule', () => {
    const again = (rules: RuleWords[], escalation_rules: RuleWords[], given = {}) =>
      start(
        policy([
          stage('s', {
            ...{ mode: 'any-n', mode_value: 2, on_reject: 'count', on_breach: 'escalate', sla_hours: 48 },
            rules,
            escalation_rules,
          }),
        ]),
        given,
      );
    const three = [...two, user('cyd'), user('dan')];

    test('rejects the stage when that seat had rejected', () => {
      const story = again(three, [required(user('ann'))]);
      story.person('ann').rejects();
      story.hoursPass(48);
      expectRejected(story, 'required_rejected');
      expect(story.task('ann')).toMatchObject({ status: 'completed', action: 'reject', required: true });
      expect(story.payload('request_rejected').actor).toBeUndefined();
    });

    test('rejects the stage when that seat had abstained', () => {
      const story = again(three, [required(user('ann'))]);
      story.person('ann').abstains();
      story.hoursPass(48);
      expectRejected(story, 'required_abstained');
    });

    test('is content when that seat had approved', () => {
      const story = again(three, [required(user('ann'))]);
      story.person('ann').approves();
      story.hoursPass(48);
      expect(story.task('ann').required).toBe(true);
      story.person('bob').approves();
      expect(story.request().status).toBe('approved');
    });

    test('leaves a seat that was given away unmarked', () => {
      const story = again(three, [required(user('ann'))]);
      story.admin().reassigns('ann', 'zoe');
      story.hoursPass(48);
      expect(story.approval().tasks.map((task) => [task.assignee, task.status, task.required])).toEqual([
        ['ann', 'reassigned', false],
        ['bob', 'expired', false],
        ['cyd', 'expired', false],
        ['dan', 'expired', false],
        ['zoe', 'expired', false],
        ['ann', 'open', true],
      ]);
    });

    test('rejects the stage also when its people were found only later', () => {
      const story = again(three, [required(BOSSES)], { lookups: [[BOSSES, null]] });
      story.person('ann').rejects();
      story.hoursPass(48);
      expect(story.request().status).toBe('in_review');
      story.lookupAnswers(BOSSES, 'ann');
      story.secondsPass(5);
      expectRejected(story, 'required_rejected');
      expect(story.types().slice(-3)).toEqual(['stage_escalated', 'stage_completed', 'request_rejected']);
    });

    test('that finds nobody asks nobody at all, and behaves as notify', () => {
      const rules = [user('eva'), required(BOSSES), observer(user('olga')), required(user('ann'))];
      const story = again(three, rules, { lookups: [[BOSSES, []]] });
      story.hoursPass(48);
      const escalated = story.payload('stage_escalated');
      expect(escalated).toMatchObject({ added: [], attempt: 1 });
      expect(escalated).not.toHaveProperty('required_approvers');
      expect(escalated).not.toHaveProperty('observers');
      expect(story.approval().tasks.map((task) => [task.assignee, task.status, task.required])).toEqual(
        ['ann', 'bob', 'cyd', 'dan'].map((person) => [person, 'expired', false]),
      );
      expect(story.stage(1)).toMatchObject({ status: 'open', escalation: 'done', next_attempt_at: null });
      story.person('ann').approves();
      story.person('bob').approves();
      expect(story.request().status).toBe('approved');
    });

    test('that finds only an observer finds nobody', () => {
      const story = again([...three, observer(user('olga'))], [user('eva'), required(user('olga'))]);
      story.hoursPass(48);
      expect(story.payload('stage_escalated').added).toEqual([]);
      expect(story.seats(1)).toEqual(['ann', 'bob', 'cyd', 'dan']);
    });

    test('marks the seat of who sits here, though they are away now', () => {
      const story = again(three, [required(user('ann'))]);
      story.goesAway('ann', 'zoe');
      story.hoursPass(48);
      expect(story.seats(1)).toEqual(['ann', 'bob', 'cyd', 'dan']);
      expect(story.payload('stage_escalated')).toMatchObject({ added: [], required_approvers: ['ann'] });
    });
  });

  test('sends nobody a delegate who sits here already, as themselves', () => {
    const story = slow('escalate', {}, [user('eva'), user('ann')]);
    story.goesAway('eva', 'zoe');
    story.hoursPass(48);
    expect(story.payload('stage_escalated').added).toEqual(['fred']);
    expect(story.seats(1)).toEqual(['eva', 'ann', 'fred']);
  });

  test('asks an observer for no vote, and no delegate of theirs', () => {
    const story = slow('escalate', {}, [...two, observer(user('eva')), observer(user('dora'))]);
    story.goesAway('eva', 'zoe');
    story.goesAway('fred', 'dora');
    story.hoursPass(48);
    expect(story.payload('stage_escalated').added).toEqual(['fred']);
  });
});
