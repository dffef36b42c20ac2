import type { FastifyInstance } from 'fastify';
import { type Approvals, failureOf } from '../approvals.ts';
import { nameOf, type Person } from '../identity/people.ts';
import { signedIn } from '../identity/visit.ts';
import { type Change, findChange } from '../register/changes.ts';
import type { Register } from '../register/open.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { notFound } from './not-found.ts';
import { timelineOf } from './timeline.ts';
import { howItEnded, moment, stateBadge } from './words.ts';

/** One change: what it is about, how it stands, and what happened to it in AWE. */
export function changePage(app: FastifyInstance, register: Register, approvals: Approvals): void {
  app.get(
    '/changes/:id',
    signedIn(register, async ({ session, param }) => {
      const change = findChange(register, param('id'));
      if (change === null) return notFound('change', session);
      const content = html`${facts(change)}
<section>
<h2>What happened</h2>
${await story(change, session.person, approvals)}
</section>`;
      return { page: layout(`Change of parcel ${change.parcel}`, 'changes', session, content) };
    }),
  );
}

function facts(change: Change): Html {
  const ending = howItEnded(change);
  return html`<div class="card">
<p>${stateBadge(change.state)} ${ending && html`<span class="ending">${ending}</span>`}</p>
${change.last_failure && html`<p class="notice">AWE could not be asked yet, and will be asked again: ${change.last_failure}</p>`}
${changeFacts(change)}
</div>`;
}

/** What a change is about, for whoever reads or decides it. */
export function changeFacts({ parcel, from_owner, to_owner, grounds, clerk, proposed_at }: Change): Html {
  return html`<dl>
<div><dt>Parcel</dt><dd><a href="/parcels/${parcel}">${parcel}</a></dd></div>
<div><dt>From</dt><dd>${from_owner}</dd></div>
<div><dt>To</dt><dd><strong>${to_owner}</strong></dd></div>
<div><dt>Grounds</dt><dd class="grounds">${grounds}</dd></div>
<div><dt>Proposed</dt><dd>${nameOf(clerk)}, ${moment(proposed_at)}</dd></div>
</dl>`;
}

async function story({ request_id }: Change, person: Person, approvals: Approvals): Promise<Html> {
  if (request_id === null)
    return html`<p class="nothing">AWE has not been asked yet. It will be, by itself: <a href="">look again</a>.</p>`;
  try {
    return timelineOf(await approvals.timeline(person, request_id));
  } catch (error) {
    // What the register knows itself is shown all the same.
    return html`<p class="notice" role="alert">The timeline is in AWE, which did not give it: ${failureOf(error)}</p>`;
  }
}
