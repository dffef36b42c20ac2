export { type FakeFacts, fakeEvent } from './fake-event.ts';
export { type SignedWebhook, type SignOptions, signWebhook } from './sign-webhook.ts';
export { deliver, fakeStory, playStory, type StoryOptions, type Target } from './story.ts';
