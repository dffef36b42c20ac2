import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';

/** What pages bring along: by name, so that no path leads to another file. */
const TYPES = { 'page.css': 'text/css', 'parts.css': 'text/css', 'icon.svg': 'image/svg+xml' } as const;

export function assets(app: FastifyInstance): void {
  for (const [name, type] of Object.entries(TYPES)) {
    const file = new URL(`assets/${name}`, import.meta.url);
    app.get(`/assets/${name}`, async (_, reply) => reply.type(type).send(await readFile(file, 'utf8')));
  }
}
