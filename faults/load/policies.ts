import { createCaller, type User } from '../../packages/server/demo/caller.ts';

export const admin: User = { sub: 'ada', roles: ['AWE_ADMIN'] };
export const PEOPLE = ['amir', 'bela', 'cleo', 'dina', 'emil', 'fay', 'gus', 'hana'] as const;
/** Away the whole time: tasks of the first go to the second. */
const AWAY = [
  ['dina', 'hana'],
  ['emil', 'fay'],
] as const;

const user = (user_id: string, more: object = {}) => ({
  rule_type: 'user',
  rule_value: { user_id },
  ...more,
});
const users = (...ids: string[]) => ids.map((id) => user(id));
const policy = (shape: string, stages: object[], more: object = {}) => ({
  policy_key: `chaos.${shape}`,
  name: `Chaos: ${shape}`,
  artifact_type: 'chaos',
  stages: stages.map((stage, index) => ({ name: `Stage ${index + 1}`, stage_order: index + 1, ...stage })),
  ...more,
});

/** One policy for each thing that a commit can be made of. */
export const POLICIES = [
  policy('none', []),
  policy('all', [{ mode: 'all', rules: users('amir', 'bela') }]),
  policy(
    'chain',
    [
      { mode: 'any-n', mode_value: 1, rules: users('amir', 'bela', 'cleo') },
      { mode: 'all', rules: users('fay') },
      { mode: 'any-n', mode_value: 1, rules: users('gus', 'hana') },
    ],
    { forbid_self_approval: true, forbid_repeat_approvers: true },
  ),
  policy('any', [
    { mode: 'any-n', mode_value: 2, on_reject: 'count', rules: users('amir', 'bela', 'cleo', 'fay') },
  ]),
  policy('share', [
    { mode: 'percentage', mode_value: 60, rules: users('amir', 'bela', 'cleo', 'gus', 'hana') },
  ]),
  policy('group', [
    { parallel_group: 1, rules: users('amir'), skip_if: { '<': [{ var: 'amount' }, 30] } },
    { parallel_group: 1, mode: 'any-n', mode_value: 1, rules: users('bela', 'cleo') },
    { mode: 'all', rules: [user('gus', { required: true })] },
  ]),
  policy('away', [{ mode: 'all', rules: users('dina', 'emil') }, { rules: users('dina') }]),
  policy('watched', [
    { mode: 'any-n', mode_value: 1, rules: [...users('amir', 'bela'), user('cleo', { kind: 'observer' })] },
  ]),
  policy('escalates', [
    {
      mode: 'any-n',
      mode_value: 1,
      sla_hours: 48,
      on_breach: 'escalate',
      rules: users('amir', 'bela'),
      escalation_rules: users('gus', 'hana'),
    },
  ]),
  policy('lapses', [
    { mode: 'all', sla_hours: 24, on_breach: 'auto_approve', rules: users('cleo', 'fay') },
    { mode: 'all', sla_hours: 24, on_breach: 'auto_reject', rules: users('gus') },
  ]),
];

/** Publishes the policies and sends some people away. Rejects on any answer but a success. */
export async function setUp(url: string): Promise<void> {
  const { call } = createCaller(url);
  for (const each of POLICIES) {
    await call(admin, 'POST', '/policies', each);
    await call(admin, 'POST', `/policies/${each.policy_key}/versions/1/activate`);
  }
  const day = 86_400_000;
  for (const [user_id, delegate_to] of AWAY) {
    await call(admin, 'POST', '/delegations', {
      user_id,
      delegate_to,
      starts_at: new Date(Date.now() - day).toISOString(),
      ends_at: new Date(Date.now() + 7 * day).toISOString(),
    });
  }
}
