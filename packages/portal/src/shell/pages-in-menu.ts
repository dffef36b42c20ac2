import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconChecklist,
  IconHistory,
  IconInbox,
  IconKey,
  IconLayoutDashboard,
  IconListDetails,
  IconSend,
} from '@tabler/icons-react';
import type { Principal } from '../session/principal.ts';
import { t } from '../strings/t.ts';

/** Pages of the menu, by group; `key` after `g` opens the page. */
export const MENU = [
  {
    label: t.shell.groups.work,
    pages: [
      { to: '/', label: t.overview.title, icon: IconLayoutDashboard, key: 'o', forViewers: true },
      { to: '/inbox', label: t.inbox.title, icon: IconInbox, key: 'i', forViewers: false },
      { to: '/requests', label: t.requests.title, icon: IconChecklist, key: 'r', forViewers: false },
    ],
  },
  {
    label: t.shell.groups.rules,
    pages: [
      { to: '/policies', label: t.policies.title, icon: IconListDetails, key: 'p', forViewers: true },
      {
        to: '/delegations',
        label: t.delegations.title,
        icon: IconArrowsExchange,
        key: 'd',
        forViewers: true,
      },
    ],
  },
  {
    label: t.shell.groups.operations,
    pages: [
      { to: '/incidents', label: t.incidents.title, icon: IconAlertTriangle, key: 'n', forViewers: true },
      { to: '/deliveries', label: t.deliveries.title, icon: IconSend, key: 'w', forViewers: true },
      { to: '/secrets', label: t.secrets.title, icon: IconKey, key: 's', forViewers: true },
      { to: '/audit', label: t.audit.title, icon: IconHistory, key: 'a', forViewers: true },
    ],
  },
] as const;

/** The menu of somebody: without pages that would refuse them, and without groups that then are empty. */
export function menuOf({ isViewer }: Principal) {
  return MENU.map(({ label, pages }) => ({
    label,
    pages: pages.filter(({ forViewers }) => isViewer || !forViewers),
  })).filter(({ pages }) => pages.length > 0);
}
