import { AweError } from '@awe/client';

/** The error that a call ends with; a call that succeeds fails the test. */
export async function refused(call: Promise<unknown>): Promise<AweError> {
  const error = await call.then(
    () => new Error('the call succeeded'),
    (reason: unknown) => reason,
  );
  if (error instanceof AweError) return error;
  throw error;
}
