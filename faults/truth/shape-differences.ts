import type { ApprovalShape } from '@awe/engine/replay';

/** Where rows and timeline disagree, a sentence each. */
export function differences(rows: ApprovalShape, timeline: ApprovalShape): string[] {
  const written = facts(rows);
  const told = facts(timeline);
  return [...new Set([...written.keys(), ...told.keys()])]
    .filter((about) => written.get(about) !== told.get(about))
    .map(
      (about) => `${about} is ${say(written.get(about))} by its rows, ${say(told.get(about))} by its events`,
    );
}

type Fact = string | number | boolean | null;

function facts({ stages, ...request }: ApprovalShape): Map<string, Fact> {
  const found = new Map<string, Fact>(Object.entries(request));
  for (const [order, { seats, ...stage }] of stages) {
    for (const [name, value] of Object.entries(stage)) found.set(`${name} of stage ${order}`, value);
    for (const [person, seat] of seats) {
      for (const [name, value] of Object.entries(seat))
        found.set(`${name} of ${person} on stage ${order}`, value);
    }
  }
  return found;
}

function say(value: Fact | undefined): string {
  return value === undefined ? 'not there' : String(value);
}
