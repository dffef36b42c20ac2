import type { AddressInfo } from 'node:net';
import { memoryDedup, receiveWebhooks } from '@awe/client/webhooks';
import express from 'express';

const receive = receiveWebhooks({
  secrets: [process.env.AWE_WEBHOOK_SECRET ?? ''],
  on: { request_approved: async (event) => console.log(`apply ${event.artifact_id}`) },
  dedup: memoryDedup(),
});

const app = express();
app.post('/approvals', receive.express); // above express.json(): the signature covers the bytes as they came
app.use(express.json());

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}/approvals`);
});
