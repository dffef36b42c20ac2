export const deliveries = {
  title: 'Deliveries',
  lead: 'Webhooks on their way to the owners of artifacts.',
};
