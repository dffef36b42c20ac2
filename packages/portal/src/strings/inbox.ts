export const inbox = {
  title: 'Inbox',
  lead: 'What waits for your decision.',
};
