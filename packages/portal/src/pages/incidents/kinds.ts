/** What an incident can be, by how much it needs a person. */
export const KINDS = ['overdue', 'lookup_failed', 'deliveries_exhausted'] as const;
export type Kind = (typeof KINDS)[number];
