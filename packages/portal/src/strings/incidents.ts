const webhooks = (count: number) => (count === 1 ? '1 webhook is' : `${count} webhooks are`);

export const incidents = {
  title: 'Incidents',
  lead: 'What does not go on by itself, and what repairs it. An incident goes away when its cause is gone.',
  filterKind: 'Kind',
  since: 'Since',
  kinds: {
    overdue: {
      title: 'People past due',
      text: 'Nobody decided in time, and nothing more will happen by itself. Give the task to somebody else, or cancel the request.',
    },
    lookup_failed: {
      title: 'People who cannot be found',
      text: 'Whoever says who must approve did not answer. It is asked again by itself; once you know that it is back, ask at once.',
    },
    deliveries_exhausted: {
      title: 'Webhooks that were given up',
      text: 'A receiver refused them until the last attempt. Once it answers again, send them anew.',
    },
  },
  most: (count: number) => `The oldest ${count} are shown; repair these first.`,
  more: 'Show more',
  waitingFor: 'Waits for',
  due: 'due',
  nextAttempt: 'Asked again',
  failures: (count: number) => (count === 1 ? 'Failed once' : `Failed ${count} times`),
  newest: 'The newest',
  actions: {
    lookup: 'Look them up now',
    deliveries: 'Send them again',
    request: 'Open the request',
    reassign: 'Reassign in the request',
    look: 'Show the deliveries',
    pause: 'See the receiver',
    /** For whoever reads by ear, where many buttons are alike. */
    about: (action: string, what: string) => `${action}: ${what}`,
  },
  results: {
    label: 'Results',
    found: 'The people were found; the request goes on.',
    still: (failures: number) => `Asked again, and it failed again (${failures} times so far).`,
    nothing: 'There was nothing left to ask: the request has moved on.',
    sent: (count: number) =>
      `${webhooks(count)} on the way again. What the receiver refuses until the last attempt comes back here.`,
    follow: 'Follow them',
    request: 'Open the request',
    dismiss: 'Dismiss this result',
  },
  empty: {
    title: 'All is well',
    text: 'Every request goes on by itself, and every webhook was taken or is on its way.',
    filteredTitle: 'None of this kind',
    filteredText: 'Clear the filter to see whether there are others.',
  },
};
