import type { Stage } from '@awe/engine/policy';
import { policy, type RuleWords, role, stage, user } from './policy-words.ts';
import { start } from './scenario.ts';

export const BOSSES = role('BOSS');
export const two = [user('ann'), user('bob')];

type Sla = Partial<Pick<Stage, 'mode' | 'mode_value' | 'on_reject'>>;

/** One stage of two days, in which `two` (or others) are asked, and BOSSES when it breaches with `escalate`. */
export function slow(on_breach: Stage['on_breach'], words: Sla = {}, rules: RuleWords[] = two, flags = {}) {
  const chief = stage('s', {
    ...words,
    on_breach,
    sla_hours: 48,
    rules,
    escalation_rules: [BOSSES],
  });
  return start(policy([chief], flags), { requester: 'rita', lookups: [[BOSSES, ['eva', 'fred']]] });
}
