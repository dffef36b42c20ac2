import { setTimeout as pause } from 'node:timers/promises';
import { createClient, isAweError } from '@awe/client';

const awe = createClient({
  baseUrl: process.env.AWE_URL ?? 'http://127.0.0.1:8000',
  token: process.env.AWE_TOKEN,
});

try {
  const { request_id } = await awe.createRequest({
    body: {
      policy_key: 'registry.change_request.v1',
      artifact_type: 'registry.change_request',
      artifact_id: 'cr-1',
      context: { district: 'D1' },
    },
    // Whoever runs this twice has asked once.
    idempotencyKey: 'cr-1',
  });
  console.log(`asked: ${request_id}`);

  // A service is told by webhook; a script may ask.
  let request = await awe.getRequest({ path: { request_id } });
  while (!request.completed_at) {
    await pause(250);
    request = await awe.getRequest({ path: { request_id } });
  }
  console.log(`${request.artifact_id} is ${request.status}`);
} catch (error) {
  if (!isAweError(error, 'AWE-001')) throw error;
  console.error(`Activate the policy first. ${error.message}`);
  process.exitCode = 1;
}
