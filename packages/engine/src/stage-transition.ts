/**
 * The life of one stage as a complete table: the compiler refuses a state or an event that is missing from it.
 */
export type StageStatus =
  | 'waiting'
  | 'activating'
  | 'open'
  | 'approved'
  | 'rejected'
  | 'skipped'
  | 'cancelled';

export type StageEvent =
  /** people were found and asked */
  | 'opened'
  /** the people could not be looked up; a retry is scheduled */
  | 'lookup_failed'
  /** `skip_if` was true, or nobody was found and `on_empty` is `skip` */
  | 'passed_over'
  /** the stage can never be decided: nobody found, quorum out of reach, required seat empty */
  | 'blocked'
  /** the evaluator says approved */
  | 'carried'
  /** the evaluator says rejected */
  | 'defeated'
  /** the request ended for another reason: a sibling was rejected, or it was cancelled */
  | 'request_ended';

const ILLEGAL = null;

export const STAGE_TRANSITIONS = {
  waiting: {
    opened: 'open',
    lookup_failed: 'activating',
    passed_over: 'skipped',
    blocked: 'rejected',
    carried: ILLEGAL,
    defeated: ILLEGAL,
    request_ended: 'cancelled',
  },
  activating: {
    opened: 'open',
    lookup_failed: 'activating',
    passed_over: 'skipped',
    blocked: 'rejected',
    carried: ILLEGAL,
    defeated: ILLEGAL,
    request_ended: 'cancelled',
  },
  open: {
    opened: ILLEGAL,
    lookup_failed: ILLEGAL,
    passed_over: ILLEGAL,
    blocked: ILLEGAL,
    carried: 'approved',
    defeated: 'rejected',
    request_ended: 'cancelled',
  },
  approved: { ...final('approved') },
  rejected: { ...final('rejected') },
  skipped: { ...final('skipped') },
  cancelled: { ...final('cancelled') },
} as const satisfies Record<StageStatus, Record<StageEvent, StageStatus | null>>;

/** An ended stage stays as it is when the request ends, and hears nothing else. */
function final<S extends StageStatus>(status: S) {
  return {
    opened: ILLEGAL,
    lookup_failed: ILLEGAL,
    passed_over: ILLEGAL,
    blocked: ILLEGAL,
    carried: ILLEGAL,
    defeated: ILLEGAL,
    request_ended: status,
  };
}

/** The stage's next status. An illegal move is our own fault, never a caller's: it throws, and nothing is written. */
export function nextStageStatus(from: StageStatus, event: StageEvent): StageStatus {
  const to: StageStatus | null = STAGE_TRANSITIONS[from][event];
  if (to === null) throw new Error(`a stage that is ${from} cannot be ${event}`);
  return to;
}

/** The stage still waits for somebody or something. */
export function isActive(status: StageStatus): boolean {
  return status === 'open' || status === 'activating';
}
