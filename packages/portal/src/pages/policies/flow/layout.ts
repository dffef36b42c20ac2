import type { StageIn } from '@awe/contract/policies';
import { stepsOf } from '@awe/wording/words/steps';

export const STAGE = { width: 248, height: 128 } as const;
export const MARK = { width: 104, height: 40 } as const;
const GAP = { across: 56, down: 18 } as const;
const MARGIN = 12;

/** Something drawn, its upper left corner in pixels. */
type Place = { id: string; x: number; y: number };
export type Layout = {
  start: Place;
  end: Place;
  stages: readonly (Place & { stage: StageIn })[];
  /** From one id to another: everything in a step leads to everything in the next. */
  lines: readonly { from: string; to: string }[];
  width: number;
  height: number;
};

/** From left to right, each step a column with its stages one below the other, the columns centred on one line. */
export function layoutOf(stages: readonly StageIn[]): Layout {
  const steps = stepsOf(stages);
  const tallest = Math.max(1, ...steps.map((step) => step.length));
  const height = 2 * MARGIN + columnHeight(tallest);
  const left = MARGIN + MARK.width + GAP.across;
  const columns = steps.map((step, column) =>
    step.map((stage, row) => ({
      id: `${column}.${row}`,
      stage,
      x: left + column * (STAGE.width + GAP.across),
      y: (height - columnHeight(step.length)) / 2 + row * (STAGE.height + GAP.down),
    })),
  );
  const right = left + columns.length * (STAGE.width + GAP.across);
  const middle = (height - MARK.height) / 2;
  const start = { id: 'start', x: MARGIN, y: middle };
  const end = { id: 'end', x: right, y: middle };
  const chain = [[start], ...columns, [end]];
  return {
    start,
    end,
    stages: columns.flat(),
    lines: chain.flatMap((column, index) =>
      column.flatMap(({ id: from }) => (chain[index + 1] ?? []).map(({ id: to }) => ({ from, to }))),
    ),
    width: right + MARK.width + MARGIN,
    height,
  };
}

function columnHeight(stages: number): number {
  return stages * STAGE.height + (stages - 1) * GAP.down;
}
