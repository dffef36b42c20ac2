import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Session } from '../identity/sessions.ts';
import { signedIn, type Visit } from '../identity/visit.ts';
import { type Change, type Proposal, propose } from '../register/changes.ts';
import type { Register } from '../register/open.ts';
import { findParcel, type Parcel, titlesOf } from '../register/parcels.ts';
import { type Html, html } from './html.ts';
import { formToken, layout } from './layout.ts';
import { notFound } from './not-found.ts';
import { moment } from './words.ts';

type Setting = {
  register: Register;
  /** What AWE is to be asked about a proposal. */
  questionOf: (change: Proposal & { from_owner: string }) => object;
  /** Told of each change that was written. */
  proposed: (change: Change) => void;
};

const LONGEST = { to_owner: 120, grounds: 1000 };

type Typed = { to_owner: string; grounds: string; faults: readonly string[] };

/** One parcel: whose it was, and the form to change whose it is. */
export function parcelPage(app: FastifyInstance, { register, questionOf, proposed }: Setting): void {
  const show = (parcel: Parcel, session: Session, typed: Typed) =>
    layout(`Parcel ${parcel.id}`, 'parcels', session, content(register, parcel, session, typed));

  app.get(
    '/parcels/:id',
    signedIn(register, ({ session, param }) => {
      const parcel = findParcel(register, param('id'));
      if (parcel === null) return notFound('parcel', session);
      return { page: show(parcel, session, { to_owner: '', grounds: '', faults: [] }) };
    }),
  );

  app.post(
    '/parcels/:id/changes',
    signedIn(register, ({ session, param, field }) => {
      const parcel = findParcel(register, param('id'));
      if (parcel === null) return notFound('parcel', session);
      const typed = typedIn(field, parcel);
      if (typed.faults.length > 0) return { status: 422, page: show(parcel, session, typed) };
      const { to_owner, grounds } = typed;
      const clerk = session.person.id;
      const about = { id: randomUUID(), parcel: parcel.id, to_owner, grounds, clerk };
      const change = propose(register, { ...about, proposed_at: new Date().toISOString() }, questionOf);
      if (change === null) {
        const faults = ['Somebody proposed a change of this parcel before you: look at that one first.'];
        return { status: 409, page: show(parcel, session, { ...typed, faults }) };
      }
      proposed(change);
      return { seeOther: `/changes/${change.id}` };
    }),
  );
}

function typedIn(field: Visit['field'], parcel: Parcel): Typed {
  const [to_owner, grounds] = [field('to_owner'), field('grounds')];
  const faults = [
    to_owner === '' && 'Say who the owner is to be.',
    to_owner === parcel.owner && 'They own it already.',
    to_owner.length > LONGEST.to_owner && `The name has more than ${LONGEST.to_owner} characters.`,
    grounds === '' && 'Say on what grounds: the deed, the judgment, the will.',
    grounds.length > LONGEST.grounds && `The grounds have more than ${LONGEST.grounds} characters.`,
  ];
  return { to_owner, grounds, faults: faults.filter((fault) => fault !== false) };
}

function content(register: Register, parcel: Parcel, session: Session, typed: Typed): Html {
  const titles = titlesOf(register, parcel.id);
  return html`<p class="lead">${parcel.place}. Owner: <strong>${parcel.owner}</strong></p>
${
  parcel.open_change && typed.faults.length === 0
    ? html`<p class="notice">A change is under way. <a href="/changes/${parcel.open_change}">Look at it</a></p>`
    : proposalForm(parcel, session, typed)
}
<section>
<h2>Entered before</h2>
${
  titles.length === 0
    ? html`<p class="nothing">Nothing has changed since the register was opened.</p>`
    : html`<ul class="titles">${titles.map(
        ({ owner, since, change }) =>
          html`<li><strong>${owner}</strong> since ${moment(since)} <a href="/changes/${change}">by this change</a></li>`,
      )}</ul>`
}
</section>`;
}

function proposalForm({ id }: Parcel, session: Session, { to_owner, grounds, faults }: Typed): Html {
  return html`<form class="card" method="post" action="/parcels/${id}/changes">
${formToken(session)}
<h2>Propose a change of owner</h2>
${faults.length > 0 && html`<ul class="faults" role="alert">${faults.map((fault) => html`<li>${fault}</li>`)}</ul>`}
<label>New owner
<input name="to_owner" value="${to_owner}" maxlength="${LONGEST.to_owner}" autocomplete="off" required></label>
<label>Grounds
<textarea name="grounds" rows="3" maxlength="${LONGEST.grounds}" required>${grounds}</textarea></label>
<p class="hint">A district officer and the registrar have to approve it. The parcel stays as it is until they have.</p>
<button>Propose</button>
</form>`;
}
