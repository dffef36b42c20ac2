import {
  type Announcements,
  KeyboardCode,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  PointerSensor,
  type SensorDescriptor,
  type SensorOptions,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { sortableKeyboardCoordinates } from '@dnd-kit/sortable';
import { t } from '../../../../strings/t.ts';
import type { StageDraft } from '../draft/draft.ts';
import { type DraftChange, without } from '../draft/draft-change.ts';

const words = t.policyEditor.stages;
/** How far to the right a stage is dragged to run beside the one above; CSS pixels. */
const INDENT = 40;
/** A press that moves less than this is a click. */
const STILL = 4;

export function useDragSensors(): SensorDescriptor<SensorOptions>[] {
  return useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: STILL } }),
    useSensor(KeyboardSensor, { coordinateGetter: keys }),
  );
}

/** Up and down go from stage to stage, left and right say when it runs. */
const keys: KeyboardCoordinateGetter = (event, args) => {
  const { currentCoordinates } = args;
  if (event.code === KeyboardCode.Right || event.code === KeyboardCode.Left) {
    event.preventDefault();
    const by = event.code === KeyboardCode.Right ? INDENT : -INDENT;
    return { ...currentCoordinates, x: currentCoordinates.x + by };
  }
  const next = sortableKeyboardCoordinates(event, args);
  return next && { ...next, x: currentCoordinates.x };
};

/**
 * Whether a stage that is dropped at `to`, having been dragged `right` pixels, runs beside the one above it. Within a
 * group it does wherever it is dropped; where it was, it stays as it was unless it is dragged aside.
 */
export function joinsAt(
  stages: readonly StageDraft[],
  dragged: StageDraft,
  to: number,
  right: number,
): boolean {
  if (to === 0) return false;
  if (right >= INDENT / 2) return true;
  if (stages[to] === dragged) return dragged.joined && right > -INDENT / 2;
  return without(stages, dragged.id)[to]?.joined ?? false;
}

/** What a drop changes; null: nothing. */
export function dropAt(
  stages: readonly StageDraft[],
  dragged: StageDraft,
  to: number,
  joined: boolean,
): DraftChange | null {
  const { id } = dragged;
  if (stages[to] !== dragged) return { do: 'move', id, to, joined };
  return joined === dragged.joined ? null : { do: 'join', id, joined };
}

/** What readers hear while a stage is dragged. */
export function announcements(stages: readonly StageDraft[]): Announcements {
  const nameOf = (id: string | number) => stages.find((each) => each.id === id)?.name.trim() || words.unnamed;
  const placeOf = (id: string | number) => stages.findIndex((each) => each.id === id) + 1;
  return {
    onDragStart: ({ active }) => words.picked(nameOf(active.id)),
    onDragOver: ({ active, over }) =>
      over ? words.over(nameOf(active.id), placeOf(over.id), stages.length) : undefined,
    onDragMove: ({ active, over }) => {
      const { initial, translated } = active.rect.current;
      const right = (translated?.left ?? 0) - (initial?.left ?? 0);
      const dragged = stages.find(({ id }) => id === active.id);
      if (!dragged || !over || Math.abs(right) < INDENT / 2) return undefined;
      return joinsAt(stages, dragged, placeOf(over.id) - 1, right) ? words.willJoin : words.willPart;
    },
    onDragEnd: ({ active }) => words.dropped(nameOf(active.id)),
    onDragCancel: ({ active }) => words.cancelled(nameOf(active.id)),
  };
}
