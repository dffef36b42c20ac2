import { createRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { auditSearch } from './pages/audit/search.ts';
import { delegationsSearch } from './pages/delegations/search.ts';
import { deliveriesSearch } from './pages/deliveries/search.ts';
import { inboxSearch } from './pages/inbox/search.ts';
import { incidentsSearch } from './pages/incidents/search.ts';
import { editorSearch } from './pages/policies/editor-search.ts';
import { policiesSearch } from './pages/policies/search.ts';
import { requestsSearch } from './pages/requests/search.ts';
import { NotFound } from './shell/not-found.tsx';
import { Shell } from './shell/shell.tsx';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Who may look at the page; anybody who is signed in unless given. */
    needs?: 'viewer' | 'admin';
  }
}

const VIEWERS = { staticData: { needs: 'viewer' } } as const;
const ADMINS = { staticData: { needs: 'admin' } } as const;

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const under = { getParentRoute: () => root };

const overview = createRoute({
  ...under,
  path: '/',
  ...VIEWERS,
  component: lazyRouteComponent(() => import('./pages/overview/overview-page.tsx'), 'OverviewPage'),
});
const inbox = createRoute({
  ...under,
  path: '/inbox',
  validateSearch: inboxSearch,
  component: lazyRouteComponent(() => import('./pages/inbox/inbox-page.tsx'), 'InboxPage'),
});
const requests = createRoute({
  ...under,
  path: '/requests',
  validateSearch: requestsSearch,
  component: lazyRouteComponent(() => import('./pages/requests/requests-page.tsx'), 'RequestsPage'),
});
const request = createRoute({
  ...under,
  path: '/requests/$requestId',
  component: lazyRouteComponent(() => import('./pages/requests/request-page.tsx'), 'RequestPage'),
});
const policies = createRoute({
  ...under,
  path: '/policies',
  ...VIEWERS,
  validateSearch: policiesSearch,
  component: lazyRouteComponent(() => import('./pages/policies/policies-page.tsx'), 'PoliciesPage'),
});
const newPolicy = createRoute({
  ...under,
  path: '/policies/new',
  ...ADMINS,
  validateSearch: editorSearch,
  component: lazyRouteComponent(() => import('./pages/policies/policy-editor-page.tsx'), 'PolicyEditorPage'),
});
/** The newest version, or the active one: the page chooses. */
const policy = createRoute({
  ...under,
  path: '/policies/$policyKey',
  ...VIEWERS,
  component: lazyRouteComponent(() => import('./pages/policies/policy-page.tsx'), 'PolicyPage'),
});
const policyVersion = createRoute({
  ...under,
  path: '/policies/$policyKey/versions/$version',
  ...VIEWERS,
  component: lazyRouteComponent(() => import('./pages/policies/policy-page.tsx'), 'PolicyPage'),
});
const policyEditor = createRoute({
  ...under,
  path: '/policies/$policyKey/edit',
  ...ADMINS,
  validateSearch: editorSearch,
  component: lazyRouteComponent(() => import('./pages/policies/policy-editor-page.tsx'), 'PolicyEditorPage'),
});
const delegations = createRoute({
  ...under,
  path: '/delegations',
  ...VIEWERS,
  validateSearch: delegationsSearch,
  component: lazyRouteComponent(() => import('./pages/delegations/delegations-page.tsx'), 'DelegationsPage'),
});
const deliveries = createRoute({
  ...under,
  path: '/deliveries',
  ...VIEWERS,
  validateSearch: deliveriesSearch,
  component: lazyRouteComponent(() => import('./pages/deliveries/deliveries-page.tsx'), 'DeliveriesPage'),
});
const secrets = createRoute({
  ...under,
  path: '/secrets',
  ...VIEWERS,
  component: lazyRouteComponent(() => import('./pages/secrets/secrets-page.tsx'), 'SecretsPage'),
});
const incidents = createRoute({
  ...under,
  path: '/incidents',
  ...VIEWERS,
  validateSearch: incidentsSearch,
  component: lazyRouteComponent(() => import('./pages/incidents/incidents-page.tsx'), 'IncidentsPage'),
});
const audit = createRoute({
  ...under,
  path: '/audit',
  ...VIEWERS,
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('./pages/audit/audit-page.tsx'), 'AuditPage'),
});

/** Every page by its address. Pages are loaded when they are opened. */
export const routeTree = root.addChildren([
  overview,
  inbox,
  requests,
  request,
  policies,
  newPolicy,
  policy,
  policyVersion,
  policyEditor,
  delegations,
  deliveries,
  secrets,
  incidents,
  audit,
]);
