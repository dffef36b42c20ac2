import { memoryDedup, receiveWebhooks } from '@awe/client/webhooks';
import fastify from 'fastify';

const receive = receiveWebhooks({
  secrets: [process.env.AWE_WEBHOOK_SECRET ?? ''],
  on: { request_approved: async (event) => console.log(`apply ${event.artifact_id}`) },
  dedup: memoryDedup(),
});

const app = fastify();
app.register(receive.fastify, { url: '/approvals' });

console.log(`listening on ${await app.listen({ port: Number(process.env.PORT ?? 3000) })}/approvals`);
