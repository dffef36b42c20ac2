import process from 'node:process';
import { createOutbound } from '../../src/outbound/outbound.ts';
import { call, settings } from './local-receiver.ts';

/** Makes one call to the URL of its first argument, every name being this machine, and prints how it ended. */
const outbound = createOutbound(settings, {
  allowLoopback: true,
  resolve: async () => [{ address: '127.0.0.1', family: 4 }],
});
const outcome = await outbound.post(call(String(process.argv[2]))).then(
  ({ status, body }) => `${status} ${body.toString()}`,
  (error: Error) => error.message,
);
await outbound.close();
process.stdout.write(outcome);
