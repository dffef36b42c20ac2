/** Where tokens come from. */
export type Identity = {
  kind: 'development' | 'keycloak';
  /** A token from before, so that a page that is loaded again asks nobody; null: somebody has to sign in. */
  resume: () => Promise<string | null>;
  /** A token without asking anybody; null when somebody has to sign in. */
  renewSilently: () => Promise<string | null>;
  /** Leaves this page, and comes back to `path` signed in. */
  signIn: (path: string) => Promise<void>;
  /** Signs in beside this page, which stays as it is. Resolves with the token. */
  signInBeside: () => Promise<string>;
  signOut: () => Promise<void>;
  /** Calls `heard` with each token that is renewed ahead of time. */
  onRenewed: (heard: (token: string) => void) => void;
};
