import type { Client } from '@awe/client';
import type { GlobalOptions } from '../context.ts';
import { usageFailure } from '../failure.ts';
import { type GivenToken, givenToken } from './given-token.ts';
import type { CommandPlace } from './token-command.ts';

export const DEFAULT_URL = 'http://127.0.0.1:8000';

export type Connection = {
  /** Of the service, without a slash at the end. Throws when the one given is no http(s) address. */
  url: () => string;
  /** The token that the options and the environment give. Throws when they give several. */
  token: () => GivenToken;
  client: () => Promise<Client>;
};

/** What of the options is wrong is told when it is needed, so that help and `serve` do without. */
export function connect(place: CommandPlace, options: () => GlobalOptions): Connection {
  let client: Promise<Client> | null = null;
  const url = () => serviceUrl(options().url ?? (place.env.AWE_URL || DEFAULT_URL));
  const token = () => givenToken(options(), place);
  const open = async (baseUrl: string, source: GivenToken['source']) => {
    // Loaded when it is needed: help and completion do without.
    const { createClient } = await import('@awe/client');
    return createClient({ baseUrl, token: source });
  };
  return {
    url,
    token,
    client: async () => {
      client ??= open(url(), token().source);
      return client;
    },
  };
}

function serviceUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw usageFailure(
      `"${text}" is not the address of a service: --url (or AWE_URL) is such as ${DEFAULT_URL}.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw usageFailure('The address of the service holds a user or a password: give a token instead.');
  }
  return text.replace(/\/*(\/v1\/awe)?\/*$/, '');
}
