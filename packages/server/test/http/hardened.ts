import type { FastifyInstance } from 'fastify';
import { createApp } from '../../src/http/app.ts';
import type { HttpServices } from '../../src/http/services.ts';
import { PLAIN_WEB_RULES, type WebRules } from '../../src/http/web-rules.ts';
import { standIn } from './stand-in.ts';

/** The app over stand-in use cases, with these rules for the web. */
export async function hardened(
  rules: Partial<WebRules>,
  changes: Partial<HttpServices> = {},
): Promise<{ app: FastifyInstance; sent: unknown[] }> {
  let services: HttpServices | null = null;
  const { app: unused, sent } = standIn((made) => {
    services = made;
    return {};
  });
  await unused.close();
  if (services === null) throw new Error('the stand-in made no services');
  return {
    app: createApp({ ...(services as HttpServices), ...changes }, { ...PLAIN_WEB_RULES, ...rules }),
    sent,
  };
}
