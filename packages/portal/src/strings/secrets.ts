export const secrets = {
  title: 'Callback secrets',
  lead: 'What webhooks are signed with.',
};
