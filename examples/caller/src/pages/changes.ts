import type { FastifyInstance } from 'fastify';
import { nameOf } from '../identity/people.ts';
import { signedIn } from '../identity/visit.ts';
import { type Change, listChanges } from '../register/changes.ts';
import type { Register } from '../register/open.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { moment, stateBadge } from './words.ts';

/** Every change that was ever proposed. */
export function changesPage(app: FastifyInstance, register: Register): void {
  app.get(
    '/changes',
    signedIn(register, ({ session }) => {
      const changes = listChanges(register);
      const content =
        changes.length === 0
          ? html`<p class="nothing">Nobody has proposed a change yet. <a href="/">Choose a parcel</a></p>`
          : html`<table>
<thead><tr><th scope="col">Parcel</th><th scope="col">From and to</th><th scope="col">Proposed</th><th scope="col">State</th></tr></thead>
<tbody>${changes.map(row)}
</tbody>
</table>`;
      return { page: layout('Changes', 'changes', session, content) };
    }),
  );
}

function row({ id, parcel, from_owner, to_owner, clerk, proposed_at, state }: Change): Html {
  return html`
<tr><th scope="row"><a class="number" href="/changes/${id}">${parcel}</a></th><td>${from_owner} → <strong>${to_owner}</strong></td><td>${nameOf(clerk)}, ${moment(proposed_at)}</td><td>${stateBadge(state)}</td></tr>`;
}
