export const requests = {
  title: 'Requests',
  lead: 'Artifacts that need approval, and how far they have come.',
};
