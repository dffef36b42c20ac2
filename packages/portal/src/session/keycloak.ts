import { User, UserManager } from 'oidc-client-ts';
import type { Identity } from './identity.ts';
import { BESIDE_PATH, CALLBACK_PATH } from './sign-in-paths.ts';

const CLIENT_ID = 'awe-admin-portal';

/** What comes back with a sign-in: where to go on, or null when it happened beside the page that waits for it. */
type Returning = { path: string | null };

/** Tells the waiting page of the same origin; `window.opener` is cut by the opener policy on the way through Keycloak. */
const channel = () => new BroadcastChannel('awe.session');

export type KeycloakIdentity = Identity & {
  /** At `CALLBACK_PATH`: ends a sign-in. Resolves with where to go on, or null when this window has done its part. */
  finish: () => Promise<string | null>;
  /** At `BESIDE_PATH`: begins a sign-in for the page that opened this window. */
  beginBeside: () => Promise<void>;
};

/** Authorization code flow with PKCE. Tokens live as long as the tab; they are renewed a minute before they expire. */
export function createKeycloakIdentity(issuer: string): KeycloakIdentity {
  const manager = new UserManager({
    authority: issuer,
    client_id: CLIENT_ID,
    redirect_uri: `${location.origin}${CALLBACK_PATH}`,
    post_logout_redirect_uri: `${location.origin}/`,
    scope: 'openid profile email',
    automaticSilentRenew: true,
    revokeTokensOnSignout: false,
  });
  const tokenOf = (user: User | null) => (user && !user.expired ? user.access_token : null);
  const begin = (state: Returning) => manager.signinRedirect({ state });
  return {
    kind: 'keycloak',
    resume: async () => {
      const user = await manager.getUser();
      return tokenOf(user) ?? (user?.refresh_token ? renew(manager) : null);
    },
    renewSilently: () => renew(manager),
    signIn: (path) => begin({ path }),
    signInBeside: () => {
      window.open(BESIDE_PATH, '_blank', 'popup,width=480,height=720');
      return new Promise((resolve) => {
        const heard = channel();
        heard.onmessage = async ({ data }: MessageEvent<string>) => {
          heard.close();
          const user = User.fromStorageString(data);
          await manager.storeUser(user);
          await manager.events.load(user);
          resolve(user.access_token);
        };
      });
    },
    signOut: () => manager.signoutRedirect(),
    onRenewed: (heard) => {
      manager.events.addUserLoaded((user) => heard(user.access_token));
    },
    finish: async () => {
      const user = await manager.signinRedirectCallback();
      const { path } = user.state as Returning;
      if (path === null) {
        channel().postMessage(user.toStorageString());
        window.close();
      }
      return path;
    },
    beginBeside: () => begin({ path: null }),
  };
}

async function renew(manager: UserManager): Promise<string | null> {
  const user = await manager.getUser();
  // Without a refresh token it would take a frame, which Keycloak's pages and browsers refuse.
  if (!user?.refresh_token) return null;
  try {
    return (await manager.signinSilent())?.access_token ?? null;
  } catch {
    return null;
  }
}
