import { WebhookRefused } from '@awe/client/webhooks';

/** Why a webhook was not believed; one that was fails the test. */
export async function refusal(verified: Promise<unknown>): Promise<WebhookRefused> {
  const error = await verified.then(
    () => new Error('the webhook was believed'),
    (reason: unknown) => reason,
  );
  if (error instanceof WebhookRefused) return error;
  throw error;
}
