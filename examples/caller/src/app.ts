import type { Receiver } from '@awe/client/webhooks';
import { type FastifyInstance, fastify } from 'fastify';
import { type Approvals, ARTIFACT_TYPE } from './approvals.ts';
import { ownPagesOnly } from './identity/own-pages-only.ts';
import { signIn } from './identity/sign-in.ts';
import { assets } from './pages/assets.ts';
import { changePage } from './pages/change.ts';
import { changesPage } from './pages/changes.ts';
import { failures } from './pages/failures.ts';
import { inboxPage } from './pages/inbox.ts';
import { parcelPage } from './pages/parcel.ts';
import { parcelsPage } from './pages/parcels.ts';
import type { Proposal } from './register/changes.ts';
import type { Register } from './register/open.ts';
import type { Settings } from './settings.ts';

type Setting = { register: Register; approvals: Approvals; webhook: Receiver; settings: Settings };

const POLICY_KEY = 'land.change-of-owner';

/** Everything that is served: AWE's webhook, and the pages of people. */
export function buildApp({ register, approvals, webhook, settings }: Setting): FastifyInstance {
  const app = fastify({ bodyLimit: 64 * 1024 });
  const origin = () => new URL(settings.url ?? app.listeningOrigin).origin;

  failures(app);
  // Beside the pages, not among them: it has a signature where they have sessions and form tokens.
  app.register(webhook.fastify, { url: '/approvals' });

  app.register(async (pages) => {
    pages.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
      done(null, new URLSearchParams(String(body))),
    );
    ownPagesOnly(pages, origin);
    signIn(pages, register, origin);
    parcelsPage(pages, register);
    parcelPage(pages, {
      register,
      questionOf: (change) => questionOf(change, settings, origin()),
      // Not waited for: the change is safe where it is, and the clerk need not wait for another service.
      proposed: (change) => void approvals.startSoon(change),
    });
    changesPage(pages, register);
    changePage(pages, register, approvals);
    inboxPage(pages, register, approvals);
    assets(pages);
  });
  return app;
}

/** What AWE is asked. The policy may look at the context; the parcel and its owners stay here. */
function questionOf(change: Proposal & { from_owner: string }, settings: Settings, origin: string): object {
  return {
    policy_key: POLICY_KEY,
    artifact_type: ARTIFACT_TYPE,
    artifact_id: change.id,
    requester: change.clerk,
    context: { parcel: change.parcel, district: change.parcel.split('-')[0] },
    callback_url: settings.callbackUrl ?? `${origin}/approvals`,
    callback_secret_id: settings.callbackSecret.id,
  };
}
