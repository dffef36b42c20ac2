export const audit = {
  title: 'Audit log',
  lead: 'What administrators did, in order, and never changed.',
};
