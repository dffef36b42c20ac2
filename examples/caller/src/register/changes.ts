import { inTransaction, type Register } from './open.ts';

export type ChangeState = 'proposed' | 'in_approval' | 'applied' | 'rejected' | 'cancelled';

export type Change = {
  /** Also the Idempotency-Key of its approval request, and the artifact_id in it. */
  id: string;
  parcel: string;
  from_owner: string;
  to_owner: string;
  grounds: string;
  clerk: string;
  proposed_at: string;
  state: ChangeState;
  /** The body that AWE is sent, as JSON. */
  question: string;
  request_id: string | null;
  last_failure: string | null;
  ended_at: string | null;
  ended_by: string | null;
  ended_why: string | null;
};

export type Proposal = Pick<Change, 'id' | 'parcel' | 'to_owner' | 'grounds' | 'clerk' | 'proposed_at'>;

/**
 * Writes the intent, and with it what AWE is to be asked; asking comes after. Answers null, and writes nothing, when the
 * parcel has a change under way.
 */
export function propose(
  register: Register,
  proposal: Proposal,
  questionOf: (change: Proposal & { from_owner: string }) => object,
): Change | null {
  return inTransaction(register, () => {
    const parcel = register
      .prepare(
        `select owner from parcel where id = :parcel
            and not exists (select 1 from change where parcel = :parcel and state in ('proposed', 'in_approval'))`,
      )
      .get({ parcel: proposal.parcel });
    if (!parcel) return null;
    const change = { ...proposal, from_owner: String(parcel.owner) };
    register
      .prepare(
        `insert into change (id, parcel, from_owner, to_owner, grounds, clerk, proposed_at, state, question)
         values (:id, :parcel, :from_owner, :to_owner, :grounds, :clerk, :proposed_at, 'proposed', :question)`,
      )
      .run({ ...change, question: JSON.stringify(questionOf(change)) });
    return findChange(register, change.id);
  });
}

export function findChange(register: Register, id: string): Change | null {
  return (register.prepare('select * from change where id = ?').get(id) as Change | undefined) ?? null;
}

/** The newest first, or those in one state. */
export function listChanges(register: Register, state: ChangeState | null = null): Change[] {
  const changes = register.prepare(
    'select * from change where state = coalesce(?, state) order by proposed_at desc, id',
  );
  return changes.all(state) as Change[];
}

/** AWE has it, under this id. Whoever learns it second changes nothing. */
export function markStarted(register: Register, id: string, requestId: string): void {
  register
    .prepare(
      `update change set state = 'in_approval', request_id = ?, last_failure = null where id = ? and state = 'proposed'`,
    )
    .run(requestId, id);
}

/** Why AWE could not be asked the last time. It will be asked again. */
export function noteFailure(register: Register, id: string, failure: string): void {
  register.prepare(`update change set last_failure = ? where id = ? and state = 'proposed'`).run(failure, id);
}
