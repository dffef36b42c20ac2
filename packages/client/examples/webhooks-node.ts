import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { memoryDedup, receiveWebhooks } from '@awe/client/webhooks';

const receive = receiveWebhooks({
  secrets: [process.env.AWE_WEBHOOK_SECRET ?? ''],
  on: {
    request_approved: async (event) => console.log(`apply ${event.artifact_id}`),
    request_rejected: async (event) => console.log(`drop ${event.artifact_id}: ${event.data.reason}`),
  },
  dedup: memoryDedup(),
});

const server = createServer(receive.node);
server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}/approvals`);
});
