import { NetworkError } from '@keycloak/keycloak-admin-client';
import { KeycloakAdminClient } from '@keycloak/keycloak-admin-client/lib/client.js';
import type { Clock } from '../../clock.ts';
import type { KeycloakAccess } from './access.ts';
import { type Asked, badAnswer, readingFailure } from './failure.ts';
import { createServiceToken } from './service-token.ts';

/** What goes with every request beside the library's own: where connections are judged and pooled (`dispatcher`). */
export type FetchOptions = Omit<RequestInit, 'signal' | 'method' | 'body'>;

export type RealmOptions = {
  access: KeycloakAccess;
  now: Clock['now'];
  /** For one answer of Keycloak; a list of many pages is many answers; milliseconds. */
  timeoutMs: number;
  fetchOptions?: FetchOptions;
};

/** One call to the admin API of the realm. */
export type Reading = (client: KeycloakAdminClient, realm: string) => Promise<unknown>;

/** The realm as the service account sees it. */
export type Realm = {
  /**
   * The list that a call answers, or null when what it is about does not exist (404). `what` names it for people.
   * @throws KeycloakFailure
   */
  list: (what: string, read: Reading) => Promise<object[] | null>;
  /**
   * The object that a call answers, or null when it does not exist (404).
   * @throws KeycloakFailure
   */
  one: (what: string, read: Reading) => Promise<object | null>;
};

export function connectRealm({ access, now, timeoutMs, fetchOptions = {} }: RealmOptions): Realm {
  const { baseUrl, realm } = access;
  // A redirect could carry the token to a place that nobody configured.
  const options: FetchOptions = { ...fetchOptions, redirect: 'manual' };
  const token = createServiceToken({ access, now, timeoutMs, fetchOptions: options });
  const client = new KeycloakAdminClient({
    baseUrl,
    realmName: realm,
    timeout: timeoutMs,
    requestOptions: options,
  });
  client.registerTokenProvider({ getAccessToken: token.get });

  /** A token can be withdrawn before its time: the second attempt has a new one. */
  async function withToken(read: Reading): Promise<unknown> {
    const used = await token.get();
    try {
      return await read(client, realm);
    } catch (error) {
      if (statusOf(error) !== 401) throw error;
      token.drop(used);
      return await read(client, realm);
    }
  }

  async function ask(asked: Asked, read: Reading): Promise<unknown> {
    try {
      return await withToken(read);
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw readingFailure(error, asked);
    }
  }

  return {
    async list(what, read) {
      const asked = { access, timeoutMs, what };
      const answer = await ask(asked, read);
      if (answer === null) return null;
      if (!Array.isArray(answer) || !answer.every(isObject)) throw badAnswer(asked, 'something else');
      return answer;
    },
    async one(what, read) {
      const asked = { access, timeoutMs, what };
      const answer = await ask(asked, read);
      if (answer !== null && !isObject(answer)) throw badAnswer(asked, 'something else');
      return answer;
    },
  };
}

function statusOf(error: unknown): number | null {
  return error instanceof NetworkError ? error.response.status : null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
