import { memoryDedup, receiveWebhooks } from '@awe/client/webhooks';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const receive = receiveWebhooks({
  secrets: [process.env.AWE_WEBHOOK_SECRET ?? ''],
  on: { request_approved: async (event) => console.log(`apply ${event.artifact_id}`) },
  dedup: memoryDedup(),
});

const app = new Hono();
app.post('/approvals', receive.hono);

// Workers, Deno and Bun take the app as it is.
const listen = { fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1' };
serve(listen, ({ port }) => console.log(`listening on http://127.0.0.1:${port}/approvals`));
