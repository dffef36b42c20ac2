import { webhookEvent } from '@awe/contract/examples';
import { APPROVAL_EVENT_WEBHOOK } from '@awe/contract/webhook-operation';
import { EVENT_TYPES, type EventType, isDelivered } from '@awe/engine/event';
import { SETTINGS } from '@awe/server/config/setting-tree';
import { EVENT_ENTRIES, REASONS } from './event-payloads.ts';

/** Every event of timelines and webhooks as a page for callers. */
export function eventsDocument(): string {
  return `${HEADING}
| event | webhook | written when |
| --- | --- | --- |
${EVENT_TYPES.map((type) => `| [\`${type}\`](#${type}) | ${isDelivered(type) ? 'yes' : ''} | ${EVENT_ENTRIES[type].when} |`).join('\n')}

${IN_EVERY_PAYLOAD}
${EVENT_TYPES.map(section).join('\n')}
## Why a request is rejected

| \`reason\` | when |
| --- | --- |
${Object.entries(REASONS)
  .map(([reason, when]) => `| \`${reason}\` | ${when} |`)
  .join('\n')}

${webhookSection()}`;
}

const HEADING = `<!-- Generated from packages/engine/src and packages/contract/src by docs/generate: npm run catalogues -->

# Events

Everything that happens to a request is an event of its timeline: \`GET /requests/{request_id}/events\`, oldest first, numbered by \`sequence\` from 1 without
gaps. Some events are also sent to the request's \`callback_url\`. [Webhooks](concepts/webhooks.md) explains how they travel; this page lists what is in them.
`;

const IN_EVERY_PAYLOAD = `## In every payload

| field | what it is |
| --- | --- |
| \`request_id\` | the request |
| \`artifact_type\`, \`artifact_id\` | what it is about, in the owner's words |
| \`status\` | of the request after the event |
| \`stage_order\` | the stage it concerns, or null |

Below is what each event has besides. A field that is there only sometimes says so. More fields may come: pass over what you do not know.
`;

function section(type: EventType): string {
  const { when, payload } = EVENT_ENTRIES[type];
  const fields = Object.entries(payload).map(([name, meaning]) => {
    const sometimes = name.endsWith('?') ? ' *(sometimes)*' : '';
    return `| \`${name.replace('?', '')}\`${sometimes} | ${meaning} |`;
  });
  return `### ${type}

${when} ${isDelivered(type) ? 'Sent as a webhook.' : 'In the timeline only.'}

| field | what it is |
| --- | --- |
${fields.join('\n')}
`;
}

function webhookSection(): string {
  const headers = (APPROVAL_EVENT_WEBHOOK.parameters ?? []).map(
    ({ name, description }) => `| \`${name}\` | ${description} |`,
  );
  return `## The webhook

A \`POST\` of one JSON object. \`data\` is the payload above; \`sequence\` is the number in the timeline, so numbers are missing where events are not sent.

\`\`\`json event
${JSON.stringify(webhookEvent, null, 2)}
\`\`\`

| header | what it is |
| --- | --- |
${headers.join('\n')}

Two schemes sign the same body: check one of them. [Verify webhooks](how-to/verify-webhooks.md) has the code.

| answer | what follows |
| --- | --- |
| 2xx within ${setting('webhook.timeout_seconds')} s (\`webhook.timeout_seconds\`) | delivered |
| 410 | given up at once |
| 429 or 503 with \`Retry-After\` | tried again then, or at the next time below if that is later |
| anything else, a redirect too, or nothing | tried again after ${listed(setting('webhook.backoff_seconds'))} s (\`webhook.backoff_seconds\`) |

After ${setting('webhook.max_attempts')} attempts (\`webhook.max_attempts\`) the delivery is \`exhausted\`, and an administrator can send it again.
`;
}

function setting(key: string): unknown {
  return SETTINGS.find((each) => each.key === key)?.node.default;
}

function listed(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}
