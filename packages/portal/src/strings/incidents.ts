export const incidents = {
  title: 'Incidents',
  lead: 'What does not go on by itself.',
};
