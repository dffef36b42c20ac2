export const policies = {
  title: 'Policies',
  lead: 'Who must approve what.',
};
