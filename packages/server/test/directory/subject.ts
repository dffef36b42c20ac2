import type { Answer } from '@awe/engine/people';
import { systemClock } from '../../src/clock.ts';
import { createDirectory, type Directory } from '../../src/directory/directory.ts';
import { createKeycloak, KEYCLOAK_CALLS, type Keycloak } from '../../src/directory/keycloak/keycloak.ts';
import type { AssigneeClaim } from '../../src/directory/keycloak/members.ts';
import type { Pickers } from '../../src/directory/keycloak/pickers.ts';
import { configuredDispatcher } from '../../src/outbound/configured-dispatcher.ts';
import { createOutbound } from '../../src/outbound/outbound.ts';
import { settings as outboundSettings } from '../outbound/local-receiver.ts';
import { RESOLVER } from './sample-realm.ts';

/** How this lookup differs from the ordinary one, which answers usernames. */
export type Way = {
  claim?: AssigneeClaim;
  realm?: string | null;
  client?: { id: string; secret: string };
};

/** A directory on a Keycloak with the sample realm. */
export type Subject = {
  /** Asks for a role when the rule has one, for a group when it has that. */
  ask: (rule: object, way?: Way) => Promise<Answer>;
  pickers: (way?: Way) => Pickers;
  /** The same directory every time, for what it keeps between two questions. */
  open: (way?: Way, more?: { now?: () => string; timeoutSeconds?: number }) => Open;
  close: () => Promise<void>;
};

export type Open = { keycloak: Keycloak; directory: Directory; ask: (rule: object) => Promise<Answer> };

export function subjectAt(url: string): Subject {
  const outbound = createOutbound(outboundSettings, { allowLoopback: true });
  const calls = configuredDispatcher(KEYCLOAK_CALLS);

  function open(
    { claim = 'preferred_username', realm = 'awe', client = RESOLVER }: Way = {},
    { now = systemClock.now, timeoutSeconds = 20 }: { now?: () => string; timeoutSeconds?: number } = {},
  ): Open {
    const keycloak = createKeycloak(
      {
        keycloak: {
          base_url: `${url}/`,
          realm,
          admin_client_id: client.id,
          admin_client_secret: client.secret,
          issuer: null,
          additional_issuers: [],
          jwks_url: null,
          audience: null,
        },
        auth: { assignee_claim: claim, allow_insecure: false, clock_leeway_seconds: 60 },
        resolver: { http_timeout_seconds: timeoutSeconds },
      },
      { now, fetchOptions: { dispatcher: calls.dispatcher } },
    );
    const directory = createDirectory({ outbound, httpTimeoutMs: 5_000, keycloak: keycloak.sources });
    return {
      keycloak,
      directory,
      ask: (rule) =>
        directory.lookUp({ rule_type: 'role' in rule ? 'role' : 'group', rule_value: { ...rule } }, {}),
    };
  }

  return {
    open,
    ask: (rule, way) => open(way).ask(rule),
    pickers: (way) => open(way).keycloak.pickers,
    close: async () => {
      await calls.close();
      await outbound.close();
    },
  };
}
