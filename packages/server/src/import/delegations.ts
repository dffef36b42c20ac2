import { userIdFault } from '@awe/engine/user-id';
import type { Delegation } from '../ledger/delegations.ts';
import type { SourceRow } from '../ledger/import-source.ts';
import { cellsOf } from './cells.ts';
import { derivedId } from './derived-id.ts';
import { leaveOut } from './left-out.ts';

/**
 * A window as it is taken over. Its id is made anew from when it was created: of two open windows the one with the later
 * id counts, and an id that tells no time would beat every window to come.
 */
export function takeDelegation(row: SourceRow, by: string): Delegation {
  const cells = cellsOf(row, 'the window');
  const created_at = cells.time('created_at');
  const window: Delegation = {
    id: derivedId(cells.id('id'), Date.parse(created_at)),
    user_id: cells.text('user_id'),
    delegate_to: cells.text('delegate_to'),
    starts_at: cells.time('starts_at'),
    ends_at: cells.time('ends_at'),
    reason: cells.textOrNull('reason'),
    created_by: cells.textOrNull('created_by') ?? by,
    created_at,
  };
  for (const name of ['user_id', 'delegate_to'] as const) {
    const fault = userIdFault(window[name]);
    if (fault) leaveOut(`${name} ${fault}`);
  }
  if (window.user_id === window.delegate_to) leaveOut('it delegates to the person themselves');
  if (window.ends_at <= window.starts_at) leaveOut('it ends before it starts');
  return window;
}
