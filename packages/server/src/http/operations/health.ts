import { successEnvelope } from '@awe/contract/envelope';
import { AweError } from '../../awe-error.ts';
import { currentCall } from '../../correlation.ts';
import { requireReady } from '../admission.ts';
import type { Handler } from '../handler.ts';

/** Ready, and the database answers in time. Why it does not is for the log, not for everybody who can call. */
export const health: Handler<'health'> = async (services) => {
  requireReady(services);
  try {
    await answered(services.pingDatabase(), services.limits.pingTimeoutMs);
  } catch (error) {
    services.log.warn({ err: error, reqId: currentCall() }, 'the health probe could not reach the database');
    throw new AweError(
      'database_unavailable',
      'The database does not answer. Check that it runs and that DATABASE_URL points to it.',
    );
  }
  return { body: successEnvelope({ status: 'healthy' }, services.clock.now(), services.responder) };
};

async function answered(ping: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([ping, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
