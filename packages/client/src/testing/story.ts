import type { EventFacts, WebhookEvent } from '../webhooks/event.ts';
import { fakeEvent, fakeId } from './fake-event.ts';
import { type SignOptions, signWebhook } from './sign-webhook.ts';

export type StoryOptions = Partial<Pick<EventFacts, 'request_id' | 'artifact_type' | 'artifact_id'>> & {
  /** The names of the stages, one after the other; one stage unless given. */
  stages?: readonly string[];
  /** How it ends: a rejection and a cancellation come in the last stage. Approved unless given. */
  outcome?: 'approved' | 'rejected' | 'cancelled';
};

/** Every webhook of a request from its creation to its end, in order. Numbers are missing where none is sent. */
export function fakeStory({
  stages = ['Review'],
  outcome = 'approved',
  ...given
}: StoryOptions = {}): WebhookEvent[] {
  const about = { request_id: fakeId(), ...given };
  const events: WebhookEvent[] = [fakeEvent('request_created', { ...about, sequence: 1 })];
  let sequence = 1;
  for (const [index, name] of stages.entries()) {
    const stage = { ...about, stage_order: index + 1 };
    const isLast = index === stages.length - 1;
    events.push(fakeEvent('stage_started', { ...stage, sequence: sequence + 1, data: { name } }));
    if (isLast && outcome === 'cancelled')
      return [...events, fakeEvent('request_cancelled', { ...stage, sequence: sequence + 2 })];
    // The decision between the two is in the timeline, and not sent.
    sequence += 3;
    const ended =
      isLast && outcome === 'rejected'
        ? ({ outcome: 'rejected', reason: 'rejected_by_approver' } as const)
        : {};
    events.push(fakeEvent('stage_completed', { ...stage, sequence, data: { name, ...ended } }));
  }
  const last = { ...about, stage_order: stages.length, sequence: sequence + 1 };
  return [...events, fakeEvent(outcome === 'rejected' ? 'request_rejected' : 'request_approved', last)];
}

/** A receiver under test: where it listens, or a function in its place, as `receive.fetch` is one. */
export type Target = string | URL | ((request: Request) => Response | Promise<Response>);

/**
 * Sends `event` as the service does, once, and answers what the receiver answered.
 */
export async function deliver(event: WebhookEvent, to: Target, signing: SignOptions): Promise<Response> {
  const webhook = await signWebhook(event, signing);
  const request = new Request(typeof to === 'function' ? 'http://receiver.test/' : to, {
    method: 'POST',
    ...webhook,
  });
  return typeof to === 'function' ? to(request) : fetch(request);
}

/**
 * Plays a whole request to a receiver, one webhook after the other, and answers the events that it was told.
 * @throws Error when the receiver does not answer 2xx
 */
export async function playStory(
  to: Target,
  { story, ...signing }: SignOptions & { story?: StoryOptions | readonly WebhookEvent[] },
): Promise<readonly WebhookEvent[]> {
  const events: readonly WebhookEvent[] = isEvents(story) ? story : fakeStory(story);
  for (const event of events) {
    const answer = await deliver(event, to, signing);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The receiver answered ${answer.status} to ${event.event_type}: ${text}`);
  }
  return events;
}

function isEvents(
  story: StoryOptions | readonly WebhookEvent[] | undefined,
): story is readonly WebhookEvent[] {
  return Array.isArray(story);
}
