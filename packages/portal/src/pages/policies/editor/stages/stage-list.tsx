import { closestCenter, DndContext, type DragMoveEvent, MeasuringStrategy } from '@dnd-kit/core';
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { Button } from '@mantine/core';
import { IconPlus, IconStairsUp } from '@tabler/icons-react';
import { type Dispatch, type ReactNode, useState } from 'react';
import { NothingHere } from '../../../../blocks/nothing-here.tsx';
import { t } from '../../../../strings/t.ts';
import { emptyStage, type StageDraft } from '../draft/draft.ts';
import type { DraftChange } from '../draft/draft-change.ts';
import { Remarks } from '../draft/finding-fields.tsx';
import css from '../editor.module.css';
import { announcements, dropAt, joinsAt, useDragSensors } from './drag.ts';
import { Removed } from './removed.tsx';
import { StageCard } from './stage-card.tsx';

const words = t.policyEditor.stages;

type Dragging = { id: string; to: number; joins: boolean };

/** The stages as cards, in the order they run; those beside each other hang together. */
export function StageList({
  stages,
  change,
  open,
  setOpen,
}: {
  stages: readonly StageDraft[];
  change: Dispatch<DraftChange>;
  /** The ids of the cards that show everything. */
  open: ReadonlySet<string>;
  setOpen: (id: string, isOpen: boolean) => void;
}): ReactNode {
  const [dragging, setDragging] = useState<Dragging | null>(null);
  const [removed, setRemoved] = useState<{ stage: StageDraft; at: number } | null>(null);
  const sensors = useDragSensors();
  const insert = (stage: StageDraft, at = stages.length) => {
    change({ do: 'insert', at, stage });
    setOpen(stage.id, true);
  };
  const follow = ({ active, over, delta }: DragMoveEvent) => {
    const dragged = stages.find(({ id }) => id === active.id);
    const to = stages.findIndex(({ id }) => id === over?.id);
    if (!dragged || to < 0) return null;
    return { id: dragged.id, to, joins: joinsAt(stages, dragged, to, delta.x) };
  };
  const drop = (event: DragMoveEvent) => {
    const end = follow(event);
    const dragged = stages.find(({ id }) => id === end?.id);
    const dropped = end && dragged ? dropAt(stages, dragged, end.to, end.joins) : null;
    setDragging(null);
    if (dropped) change(dropped);
  };
  return (
    <section aria-label={words.title}>
      <div className={css.stagesHead}>
        <h2>{words.title}</h2>
        {stages.length > 1 && <p>{words.dragHint}</p>}
      </div>
      <Remarks place="stages" faults />
      {stages.length === 0 ? (
        <div className={css.noStages}>
          <NothingHere
            icon={<IconStairsUp size={26} stroke={1.6} />}
            title={words.empty}
            text={words.emptyText}
          />
        </div>
      ) : (
        <DndContext
          sensors={sensors}
          collisionDetection={closestCenter}
          measuring={{ droppable: { strategy: MeasuringStrategy.Always } }}
          accessibility={{
            announcements: announcements(stages),
            screenReaderInstructions: { draggable: words.instructions },
          }}
          onDragStart={({ active }) => setDragging({ id: String(active.id), to: 0, joins: false })}
          onDragMove={(event) => setDragging((before) => follow(event) ?? before)}
          onDragEnd={drop}
          onDragCancel={() => setDragging(null)}
        >
          <SortableContext items={stages.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
            <ol className={css.stages}>
              {stages.map((stage, at) => (
                <StageCard
                  key={stage.id}
                  stage={stage}
                  at={at}
                  total={stages.length}
                  isOpen={open.has(stage.id) && dragging === null}
                  joins={dragging?.id === stage.id && dragging.to > 0 ? dragging.joins : null}
                  onToggle={() => setOpen(stage.id, !open.has(stage.id))}
                  onCopy={(copy) => insert(copy, at + 1)}
                  onRemove={() => {
                    setRemoved({ stage, at });
                    change({ do: 'remove', id: stage.id });
                  }}
                  change={change}
                />
              ))}
            </ol>
          </SortableContext>
        </DndContext>
      )}
      {removed && (
        <Removed
          name={removed.stage.name}
          onUndo={() => {
            change({ do: 'insert', at: Math.min(removed.at, stages.length), stage: removed.stage });
            setRemoved(null);
          }}
          onDismiss={() => setRemoved(null)}
        />
      )}
      <Button
        variant="default"
        leftSection={<IconPlus size={18} aria-hidden />}
        data-place="stages"
        onClick={() => insert(emptyStage())}
      >
        {words.add}
      </Button>
    </section>
  );
}
