import { type Client, createClient, isAweError, type Schemas, type TimelineEvent } from '@awe/client';
import type { Person } from './identity/people.ts';
import type { Tokens } from './identity/tokens.ts';
import { type Change, listChanges, markStarted, noteFailure } from './register/changes.ts';
import { carryOut, type Ending } from './register/ending.ts';
import type { Register } from './register/open.ts';

export const ARTIFACT_TYPE = 'land.change';

export type Task = Schemas['TaskOut'];

/** Every call that the register makes to AWE. */
export type Approvals = ReturnType<typeof openApprovals>;

type Setting = { register: Register; tokens: Tokens; aweUrl: string; say: (line: string) => void };

export function openApprovals({ register, tokens, aweUrl, say }: Setting) {
  const awe = createClient({
    baseUrl: aweUrl,
    token: tokens.ofRegister,
    timeoutMs: 10_000,
    // Few, because people wait for most of these calls, and the others are repeated when we catch up.
    retries: { attempts: 2 },
  });
  const as = (person: Person): Client => awe.as(tokens.of(person));

  /**
   * Asks AWE for the approval of a change, as often as it takes: under the same key AWE gives the request that it made the
   * first time, so that neither a crash nor an answer that got lost makes a second one.
   * @throws AweError
   */
  async function start(change: Change): Promise<void> {
    const body: Schemas['CreateRequestIn'] = JSON.parse(change.question);
    const { request_id } = await awe.createRequest({ body, idempotencyKey: change.id });
    markStarted(register, change.id, request_id);
    say(`change ${change.id}: in approval as request ${request_id}`);
  }

  /** The same for whoever cannot wait: what fails is noted, and done when we catch up. Never rejects. */
  async function startSoon(change: Change): Promise<void> {
    try {
      await start(change);
    } catch (error) {
      noteFailure(register, change.id, failureOf(error));
      say(`change ${change.id}: AWE could not be asked: ${failureOf(error)}`);
    }
  }

  /** Asks AWE how a request ended whose webhook never came, because the register was away for longer than AWE tries. */
  async function findOut({ id, request_id }: Change): Promise<void> {
    if (request_id === null) return;
    try {
      const timeline = await awe.requestEvents({ path: { request_id } });
      const ending = timeline.map((event) => endingOf(id, event)).find((each) => each !== null);
      if (!ending) return;
      const became = carryOut(register, ending, new Date().toISOString());
      if (became === 'done') say(`change ${id}: ${ending.event_type}, found in the timeline`);
    } catch (error) {
      say(`change ${id}: AWE could not be asked how it stands: ${failureOf(error)}`);
    }
  }

  return {
    start,
    startSoon,

    /** Everything that a crash, or a time without AWE, has left undone. Never rejects. */
    async catchUp(): Promise<void> {
      for (const change of listChanges(register, 'proposed')) await startSoon(change);
      for (const change of listChanges(register, 'in_approval')) await findOut(change);
    },

    /** @throws AweError */
    timeline: (person: Person, requestId: string): Promise<readonly TimelineEvent[]> =>
      as(person).requestEvents({ path: { request_id: requestId } }),

    /** What waits for this person's decision, whichever service asked for it. @throws AweError */
    async inbox(person: Person): Promise<Task[]> {
      const tasks: Task[] = [];
      // An expired task can still be decided while its stage is open.
      const query = { status: 'open,claimed,expired', limit: 100 };
      for await (const task of as(person).pages.listTasks({ query })) tasks.push(task);
      return tasks;
    },

    /** @throws AweError: AWE-008 when it is not this person's to decide, AWE-007 when it is decided already */
    decide: (person: Person, taskId: string, body: Schemas['DecisionIn']) =>
      as(person).decide({ path: { task_id: taskId }, body }),
  };
}

function endingOf(changeId: string, event: TimelineEvent): Ending | null {
  switch (event.event_type) {
    case 'request_approved':
    case 'request_rejected':
    case 'request_cancelled': {
      const { id, event_type, request_id, actor = null, payload } = event;
      const reason = payload.reason ?? null;
      return { event_id: id, event_type, request_id, artifact_id: changeId, actor, reason };
    }
    default:
      return null;
  }
}

/** What a person is told. The message of an AweError is made for that, and holds no token. */
export function failureOf(error: unknown): string {
  if (isAweError(error)) return `${error.message} (${error.code})`;
  return error instanceof Error ? error.message : String(error);
}
