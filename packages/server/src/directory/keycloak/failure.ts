import { NetworkError } from '@keycloak/keycloak-admin-client';
import type { KeycloakAccess } from './access.ts';

/** Keycloak gave no usable answer. The message says what is wrong and what to do, and never holds the secret. */
export class KeycloakFailure extends Error {
  override readonly name = 'KeycloakFailure';
}

export type Asked = {
  access: KeycloakAccess;
  timeoutMs: number;
  /** What was asked for, to follow "read" and "answered": `the users with role OFFICER`. */
  what: string;
};

/** What a failed call to the admin API means for an operator. */
export function readingFailure(error: unknown, asked: Asked): KeycloakFailure {
  if (!(error instanceof NetworkError)) return unreached(error, asked);
  const { access, what } = asked;
  switch (error.response.status) {
    case 401:
      return failure(
        asked,
        `does not accept the token that it gave to ${access.clientId} (${said(error)}): check that keycloak.base_url leads to one Keycloak only, and its clock`,
      );
    case 403:
      return failure(
        asked,
        `does not let ${access.clientId} read ${what}: give its service account the roles view-realm, view-users and view-clients of the client realm-management`,
      );
    default:
      return unexpected(error, asked);
  }
}

/** What a failed request for the service account's token means for an operator. */
export function tokenFailure(error: unknown, asked: Asked): KeycloakFailure {
  if (!(error instanceof NetworkError)) return unreached(error, asked);
  const { access } = asked;
  switch (error.response.status) {
    case 400:
    case 401:
      return failure(
        asked,
        `refuses the client ${access.clientId} (${said(error)}): check keycloak.admin_client_id and keycloak.admin_client_secret, and that the client has a service account`,
      );
    case 404:
      return failure(
        asked,
        `has no realm ${access.realm} (${said(error)}): check keycloak.base_url and keycloak.realm`,
      );
    default:
      return unexpected(error, asked);
  }
}

/** An answer that is not what Keycloak's API describes. */
export function badAnswer(asked: Asked, fault: string): KeycloakFailure {
  return failure(
    asked,
    `answered ${asked.what} with ${fault}: check that keycloak.base_url leads to Keycloak itself`,
  );
}

/** The place where Keycloak keeps something is not there: 404 for what exists in every realm. */
export function notThere(what: string): KeycloakFailure {
  return new KeycloakFailure(
    `Keycloak answered 404 when asked for ${what}: check that keycloak.base_url is where its admin API is`,
  );
}

function unexpected(error: NetworkError, asked: Asked): KeycloakFailure {
  const { status } = error.response;
  const hint =
    status >= 300 && status < 400
      ? 'redirects are not followed; set keycloak.base_url to where it leads'
      : 'try again, and look into its log if it persists';
  return failure(asked, `answered ${status} (${said(error)}) when asked for ${asked.what}: ${hint}`);
}

function unreached(error: unknown, asked: Asked): KeycloakFailure {
  if (error instanceof KeycloakFailure) return error;
  if (error instanceof Error && error.name === 'TimeoutError') {
    return failure(
      asked,
      `did not answer ${asked.what} within ${asked.timeoutMs / 1000} s (resolver.http_timeout_seconds)`,
    );
  }
  if (error instanceof SyntaxError) return badAnswer(asked, 'something that is not JSON');
  return failure(
    asked,
    `cannot be reached (${detailOf(error)}): check keycloak.base_url, and that Keycloak runs`,
  );
}

/** Keycloak's own words, which are short when they come from Keycloak. */
function said({ responseData }: NetworkError): string {
  if (typeof responseData !== 'object' || responseData === null) return 'without an explanation';
  const { error, errorMessage, error_description } = responseData as Record<string, unknown>;
  const words = [error, errorMessage, error_description].filter((each) => typeof each === 'string');
  return words.length === 0 ? 'without an explanation' : words.join(': ').slice(0, 200);
}

/** `fetch failed` says nothing; its cause does. */
function detailOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  return first instanceof Error ? first.message || first.name : String(first);
}

function failure({ access }: Asked, predicate: string): KeycloakFailure {
  const message = `Keycloak at ${new URL(access.baseUrl).host} ${predicate}`;
  return new KeycloakFailure(message.replaceAll(access.clientSecret, '…'));
}
