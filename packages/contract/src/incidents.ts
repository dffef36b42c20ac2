import Type, { type Static } from 'typebox';
import { component, freeObject, moment, nullable, nullableMoment, oneOf } from './shapes.ts';

export const INCIDENT_KINDS = ['lookup_failed', 'deliveries_exhausted', 'overdue'] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

export const FailedLookupOut = component('FailedLookupOut', 'People of a stage who cannot be found.', {
  stage_order: Type.Integer({ description: 'The stage.' }),
  phase: oneOf(['activation', 'escalation'], { description: 'What they are to be asked for.' }),
  reason: Type.String({ description: 'Why the last look-up failed.' }),
  failures: Type.Integer({ minimum: 1, description: 'Look-ups that failed so far.' }),
  next_attempt_at: moment('When it is tried next.'),
});

const ExhaustedExample = Type.Object({
  delivery_id: Type.String(),
  request_id: Type.String(),
  event_type: Type.String(),
  last_status_code: nullable(Type.Integer()),
  last_error: nullable(Type.String()),
});

export const ExhaustedOut = component('ExhaustedOut', 'Webhooks that one receiver did not take.', {
  count: Type.Integer({
    minimum: 1,
    description: 'How many. Counted up to 1,000, which means that many or more.',
  }),
  examples: Type.Array(ExhaustedExample, { description: 'The newest of them.' }),
});

const Waiting = Type.Object({
  task_id: Type.String(),
  assignee: Type.String(),
  due_at: nullableMoment('When it was due.'),
});

export const OverdueOut = component('OverdueOut', 'A stage all of whose pending people are past due.', {
  stage_order: Type.Integer({ description: 'The stage.' }),
  waiting_for: Type.Array(Waiting, { description: 'Who has not decided; ten of them at most.' }),
});

export const RepairOut = component('RepairOut', 'Something that may be done about an incident.', {
  description: Type.String({ description: 'What it does.' }),
  method: Type.String({ description: 'The call that does it.', examples: ['POST'] }),
  path: Type.String({ description: 'The path of that call.' }),
  body: nullable(freeObject(), {
    description: 'Its body, with … where a choice is to be made; null: it takes none.',
  }),
});

export const IncidentOut = component('IncidentOut', 'Something that does not go on by itself.', {
  id: Type.String({ description: 'The same as long as the incident lasts.' }),
  kind: oneOf(INCIDENT_KINDS, {
    description:
      'lookup_failed: a stage cannot be started or escalated, because its people cannot be found. deliveries_exhausted: a receiver did not take webhooks. overdue: nobody decided in time, and nothing more will happen.',
  }),
  since: moment('Since when.'),
  request_id: nullable(Type.String(), { description: 'The request it is about, if it is about one.' }),
  receiver: nullable(Type.String(), { description: 'The receiver it is about, if it is about one.' }),
  what: Type.String({ description: 'What happened, in a sentence.' }),
  lookup: nullable(FailedLookupOut, { description: 'More about it, when a look-up failed.' }),
  deliveries: nullable(ExhaustedOut, { description: 'More about it, when deliveries are exhausted.' }),
  overdue: nullable(OverdueOut, { description: 'More about it, when people are past due.' }),
  repairs: Type.Array(RepairOut, { description: 'What may be done, the likeliest first.' }),
});

export const IncidentRetryOut = component('IncidentRetryOut', 'What a retry came to.', {
  id: Type.String({ description: 'The id of the incident.' }),
  retried: Type.Integer({ minimum: 0, description: 'Look-ups or deliveries that were tried again.' }),
  incident: nullable(IncidentOut, { description: 'The incident as it is now; null: it is over.' }),
});

export type IncidentOut = Static<typeof IncidentOut>;
export type IncidentRetryOut = Static<typeof IncidentRetryOut>;
export type RepairOut = Static<typeof RepairOut>;
