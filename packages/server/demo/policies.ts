const user = (user_id: string) => ({ rule_type: 'user', rule_value: { user_id } });

/** The example everybody starts with: any of two district officers, then the director. */
export const changeRequestPolicy = {
  policy_key: 'registry.change_request.v1',
  name: 'Change of a registry record',
  artifact_type: 'registry.change_request',
  forbid_self_approval: true,
  forbid_repeat_approvers: true,
  stages: [
    {
      name: 'District officers',
      stage_order: 1,
      mode: 'any-n',
      mode_value: 1,
      rules: [user('olga'), user('omar')],
    },
    { name: 'Director', stage_order: 2, mode: 'all', rules: [user('dora')] },
  ],
};

/** Two stages at once, a time limit, and somebody to turn to when it passes. Small sums need no lawyer. */
export const disbursementPolicy = {
  policy_key: 'payments.disbursement.v1',
  name: 'Disbursement',
  artifact_type: 'payments.disbursement',
  stages: [
    {
      name: 'Legal',
      stage_order: 1,
      parallel_group: 1,
      rules: [user('lena')],
      skip_if: { '<': [{ var: 'amount' }, 1000] },
    },
    {
      name: 'Finance',
      stage_order: 2,
      parallel_group: 1,
      mode: 'any-n',
      mode_value: 1,
      sla_hours: 48,
      on_breach: 'escalate',
      rules: [user('finn')],
      escalation_rules: [user('carla')],
    },
  ],
};
