import { type Approval, SLA_MONITOR, type Task } from './approval.ts';
import { compileLogic, usersFromExpression } from './jsonlogic/compile.ts';
import { type Answer, type Lookup, lookupKey, type Needs, type People } from './people.ts';
import type { JsonObject, Policy, Rule } from './policy.ts';

/** Somebody to be asked, before there is a task. */
export type Seat = { assignee: string; required: boolean; delegated_from: string | null };

export type Seating =
  | { kind: 'needs'; needs: Needs }
  | { kind: 'failed'; reason: string }
  | {
      kind: 'seated';
      approvers: Seat[];
      observers: string[];
      /** A required rule found nobody, or nobody who may decide. */
      requiredEmpty: boolean;
    };

/** Who may not sit here: the requester under `forbid_self_approval`, earlier approvers under `forbid_repeat_approvers`. */
export type Excluded = ReadonlySet<string>;

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Turns rules into seats: union in rule order without duplicates, then the filters of approver rules (self, repeat,
 * delegation by one hop), then one seat a person. Observers are never filtered, and an approver is not also an observer.
 * Who is in `seated` has a seat already: it is named again, and no delegate gets another one for them.
 */
export function seat(
  rules: readonly Rule[],
  context: JsonObject,
  excluded: Excluded,
  people: People,
  seated: ReadonlySet<string> = NOBODY,
): Seating {
  const needs: Needs = { lookups: [], delegatesOf: [] };
  const found: { rule: Rule; users: string[] }[] = [];
  for (const rule of rules) {
    const answer = answerFor(rule, context, people);
    if (answer === null) needs.lookups.push(rule as Lookup);
    else if (!answer.ok) return { kind: 'failed', reason: answer.reason };
    else found.push({ rule, users: answer.users });
  }

  const asked = found
    .filter(({ rule }) => rule.kind === 'approver')
    .map(({ rule, users }) => ({ ...rule, allowed: users.filter((user) => !excluded.has(user)) }));
  const direct = new Set(asked.flatMap(({ allowed }) => allowed));
  const seats = new Map<string, Seat>();
  for (const { required, allowed } of asked) {
    for (const user of allowed) {
      const delegate = seated.has(user) ? null : delegateFor(user, excluded, people, needs);
      const assignee = delegate ?? user;
      const present = seats.get(assignee);
      // Who is meant themselves stands in for nobody, in whatever order the rules say so.
      const delegated_from = direct.has(assignee) ? null : user;
      if (present) present.required ||= required;
      else seats.set(assignee, { assignee, required, delegated_from });
    }
  }
  if (needs.lookups.length > 0 || needs.delegatesOf.length > 0) return { kind: 'needs', needs };

  const observers = new Set(found.flatMap(({ rule, users }) => (rule.kind === 'observer' ? users : [])));
  return {
    kind: 'seated',
    approvers: [...seats.values()],
    observers: [...observers].filter((user) => !seats.has(user)),
    requiredEmpty: asked.some(({ required, allowed }) => required && allowed.length === 0),
  };
}

/** The people that the policy's separation of duties keeps out of a stage, given the votes of earlier groups. */
export function excludedFrom(
  policy: Policy,
  approval: Pick<Approval, 'request'>,
  earlier: readonly Task[],
): Excluded {
  const excluded = new Set<string>();
  const { requester } = approval.request;
  if (policy.forbid_self_approval && requester !== null) excluded.add(requester);
  if (policy.forbid_repeat_approvers) {
    for (const task of earlier) {
      if (task.kind !== 'approver' || task.action !== 'approve' || task.decided_by === SLA_MONITOR) continue;
      excluded.add(task.assignee);
      if (task.decided_by !== null) excluded.add(task.decided_by);
    }
  }
  return excluded;
}

function answerFor(rule: Rule, context: JsonObject, people: People): Answer | null {
  switch (rule.rule_type) {
    case 'user':
      return { ok: true, users: [String(rule.rule_value.user_id)] };
    case 'expression': {
      const result = compileLogic(rule.rule_value.logic ?? null)(context);
      if (!result.ok) return { ok: false, reason: `the expression rule failed: ${result.reason}` };
      const users = usersFromExpression(result.value);
      return users.ok ? users : { ok: false, reason: `the expression rule failed: ${users.reason}` };
    }
    default:
      return people.answers.get(lookupKey(rule as Lookup)) ?? null;
  }
}

/** The delegate who sits instead of `user`, or null: nobody, somebody who is away too, or somebody who may not. */
function delegateFor(user: string, excluded: Excluded, people: People, needs: Needs): string | null {
  const delegate = people.delegates.get(user);
  if (delegate === undefined) {
    needs.delegatesOf.push(user);
    return null;
  }
  if (delegate === null || delegate === user || excluded.has(delegate)) return null;
  const away = people.delegates.get(delegate);
  if (away === undefined) needs.delegatesOf.push(delegate);
  return away === null ? delegate : null;
}
