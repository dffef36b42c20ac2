import { isAweError } from '@awe/client';
import type { FastifyInstance } from 'fastify';
import { type Approvals, failureOf, type Task } from '../approvals.ts';
import type { Session } from '../identity/sessions.ts';
import { type Answer, signedIn } from '../identity/visit.ts';
import { type Change, listChanges } from '../register/changes.ts';
import type { Register } from '../register/open.ts';
import { changeFacts } from './change.ts';
import { type Html, html } from './html.ts';
import { formToken, layout } from './layout.ts';
import { moment } from './words.ts';

const ACTIONS = ['approve', 'reject', 'abstain'] as const;

/** What was typed into a form that could not be taken, and why. */
type Refused = { taskId: string; comment: string; why: string };

/** What waits for the decision of whoever looks. AWE is asked with their own token, and decides what is theirs. */
export function inboxPage(app: FastifyInstance, register: Register, approvals: Approvals): void {
  async function show(session: Session, status = 200, refused: Refused | null = null): Promise<Answer> {
    try {
      const waiting = waitingFor(listChanges(register, 'in_approval'), await approvals.inbox(session.person));
      // Somebody else may have decided it meanwhile: then there is no form left to stand beside.
      const stray = refused !== null && waiting.every(({ task }) => task.id !== refused.taskId);
      const content = html`${stray && html`<p class="notice" role="alert">${refused.why}</p>`}
${waiting.length === 0 && html`<p class="nothing">Nothing waits for you.</p>`}
${waiting.map(({ task, change }) => taskCard(task, change, session, refused?.taskId === task.id ? refused : null))}`;
      return { status, page: layout('Inbox', 'inbox', session, content) };
    } catch (error) {
      const content = html`<p class="notice" role="alert">The inbox is in AWE, which did not give it: ${failureOf(error)}</p>`;
      return { status: 502, page: layout('Inbox', 'inbox', session, content) };
    }
  }

  app.get(
    '/inbox',
    signedIn(register, ({ session }) => show(session)),
  );

  app.post(
    '/inbox/:task',
    signedIn(register, async ({ session, param, field }) => {
      const [taskId, comment] = [param('task'), field('comment')];
      const action = ACTIONS.find((each) => each === field('action'));
      if (!action) return show(session, 422, { taskId, comment, why: 'Choose what you decide.' });
      if (action === 'reject' && comment === '')
        return show(session, 422, {
          taskId,
          comment,
          why: 'Say why you reject it: the owner-to-be will ask.',
        });
      try {
        const decided = await approvals.decide(session.person, taskId, { action, comment: comment || null });
        const change = listChanges(register).find(({ request_id }) => request_id === decided.request_id);
        return { seeOther: change ? `/changes/${change.id}` : '/inbox' };
      } catch (error) {
        if (!isAweError(error)) throw error;
        return show(session, error.status || 502, { taskId, comment, why: failureOf(error) });
      }
    }),
  );
}

/** Tasks of other services are theirs to show. */
function waitingFor(open: readonly Change[], tasks: readonly Task[]): { task: Task; change: Change }[] {
  const changeOf = new Map(open.map((change) => [change.request_id, change]));
  return tasks.flatMap((task) => {
    const change = changeOf.get(task.request_id);
    return change ? [{ task, change }] : [];
  });
}

function taskCard(task: Task, change: Change, session: Session, refused: Refused | null): Html {
  return html`<form class="card" method="post" action="/inbox/${task.id}">
${formToken(session)}
<h2>Change of parcel <a href="/changes/${change.id}">${change.parcel}</a></h2>
${typeof task.due_at === 'string' && html`<p class="hint">${task.status === 'expired' ? 'Was due' : 'Due'} ${moment(task.due_at)}</p>`}
${changeFacts(change)}
${refused && html`<p class="notice" role="alert">${refused.why}</p>`}
<label>Comment
<textarea name="comment" rows="2" maxlength="1000">${refused?.comment ?? ''}</textarea></label>
<div class="actions">
<button name="action" value="approve">Approve</button>
<button name="action" value="reject" class="danger">Reject</button>
<button name="action" value="abstain" class="quiet">Abstain</button>
</div>
</form>`;
}
