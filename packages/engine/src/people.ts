import type { JsonObject, JsonValue } from './policy.ts';

/** A question only somebody outside the engine can answer: who has this role, who is in this group, whom does the caller's resolver name? */
export type Lookup = { rule_type: 'role' | 'group' | 'http'; rule_value: JsonObject };

/** What a lookup came to. A failed lookup is not an empty one: only a successful, empty answer lets `on_empty` speak. */
export type Answer = { ok: true; users: string[] } | { ok: false; reason: string };

/**
 * What is known about people while one command is decided. `answers` is keyed by {@link lookupKey}; `delegates` maps a
 * user to the delegate of the most recently created window active now, or to null when there is none.
 */
export type People = {
  answers: ReadonlyMap<string, Answer>;
  delegates: ReadonlyMap<string, string | null>;
};

/** What the engine still has to know before it can decide. Ask, add the answers to {@link People}, call again. */
export type Needs = { lookups: Lookup[]; delegatesOf: string[] };

export const NOBODY_ASKED: People = { answers: new Map(), delegates: new Map() };

/** The same question always has the same key, whatever the order of its members. */
export function lookupKey(lookup: Lookup): string {
  return `${lookup.rule_type}:${canonical(lookup.rule_value)}`;
}

/** Several needs as one, each question once; null when there is nothing to ask. */
export function mergeNeeds(all: readonly (Needs | null)[]): Needs | null {
  const needs = all.filter((each) => each !== null);
  if (needs.length === 0) return null;
  const lookups = new Map(needs.flatMap((each) => each.lookups.map((lookup) => [lookupKey(lookup), lookup])));
  return {
    lookups: [...lookups.values()],
    delegatesOf: [...new Set(needs.flatMap((each) => each.delegatesOf))],
  };
}

function canonical(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}
