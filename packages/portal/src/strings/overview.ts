export const overview = {
  title: 'Overview',
  lead: 'What waits, what hurries, and what went through.',
};
