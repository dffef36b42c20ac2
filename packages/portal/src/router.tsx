import { createRouter } from '@tanstack/react-router';
import { routeTree } from './routes.ts';
import { Crashed } from './shell/crashed.tsx';

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  // Another request is another page: nothing typed for one is left over for the next.
  defaultRemountDeps: ({ params }) => params,
  defaultErrorComponent: Crashed,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
