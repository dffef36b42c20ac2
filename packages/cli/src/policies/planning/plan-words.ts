import { quote } from '@awe/engine/fault';

const by = (author: string | null) => (author === null ? '' : ` by ${author}`);

/** What a plan says beside the changes themselves. */
export const NOTES = {
  notActive: (version: number, status: string) =>
    `Version ${version}, ${status === 'draft' ? 'a draft' : status}, is what the file says; --activate activates it.`,
  noneActive: 'No version is active: from then on, requests can be made.',
  rollback: (version: number) =>
    `Version ${version} was active before and is what the file says: it is activated again, rather than copied.`,
  draftStays: (version: number, author: string | null) =>
    `Version ${version}, a draft${by(author)}, differs from the file and stays as it is.`,
  draftReplaced: (version: number, author: string | null) =>
    `Version ${version}, a draft${by(author)}, is replaced whole.`,
  onlyNumbers: 'Numbers or spelling differ (stage_order, parallel_group), but not who is asked for what.',
} as const;

/** Policies that the service has and no file speaks of. */
export function unmanagedLine(keys: readonly string[]): string {
  return `On the service and in no file, left alone: ${keys.map((key) => quote(key)).join(', ')}.`;
}
