import { describeStage } from '@awe/wording/words/stage';
import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconGripVertical } from '@tabler/icons-react';
import { type Dispatch, type ReactNode, useContext, useId } from 'react';
import { t } from '../../../../strings/t.ts';
import { documentStage, type StageDraft } from '../draft/draft.ts';
import type { DraftChange } from '../draft/draft-change.ts';
import { FindingsContext } from '../draft/finding-fields.tsx';
import { isInside } from '../draft/findings.ts';
import css from '../editor.module.css';
import { StageFields } from './stage-fields.tsx';
import { StageMenu } from './stage-menu.tsx';

const words = t.policyEditor.stages;

/** One stage: in a line what it does, and opened all of it. */
export function StageCard({
  stage,
  at,
  total,
  isOpen,
  joins,
  onToggle,
  onCopy,
  onRemove,
  change,
}: {
  stage: StageDraft;
  at: number;
  total: number;
  isOpen: boolean;
  /** While it is dragged: whether it would run beside the one above. Null: it is not dragged. */
  joins: boolean | null;
  onToggle: () => void;
  onCopy: (copy: StageDraft) => void;
  onRemove: () => void;
  change: Dispatch<DraftChange>;
}): ReactNode {
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } =
    useSortable({ id: stage.id, attributes: { roleDescription: words.dragHint } });
  const body = useId();
  const place = `stages[${at}]`;
  const name = stage.name.trim() || words.unnamed;
  const style = { transform: CSS.Translate.toString(transform), transition };
  return (
    <li
      ref={setNodeRef}
      style={style}
      className={`${css.card} ${stage.joined ? css.joined : ''} ${isDragging ? css.dragging : ''}`}
    >
      {stage.joined && <div className={css.beside}>{words.beside}</div>}
      {/* Above the card, not in it: what changes its size while it is dragged moves it away from the hand. */}
      {joins !== null && <div className={css.fate}>{joins ? words.willJoin : words.willPart}</div>}
      <div className={css.cardHead}>
        <ActionIcon
          ref={setActivatorNodeRef}
          {...attributes}
          {...listeners}
          className={css.grip ?? ''}
          aria-label={words.drag(name)}
        >
          <IconGripVertical size={18} aria-hidden />
        </ActionIcon>
        <button
          type="button"
          className={css.toggle}
          aria-expanded={isOpen}
          aria-controls={body}
          aria-label={words.open(name)}
          onClick={onToggle}
        >
          <span className={css.cardName}>{name}</span>
          <Problems place={place} />
          {!isOpen && <span className={css.cardWords}>{describeStage(documentStage(stage)).who}</span>}
          <IconChevronDown size={18} className={css.chevron} aria-hidden />
        </button>
        <StageMenu {...{ stage, name, at, total, onCopy, onRemove, change }} />
      </div>
      <div id={body} hidden={!isOpen}>
        {isOpen && (
          <StageFields
            stage={stage}
            place={place}
            onChange={(to) => change({ do: 'change', id: stage.id, stage: to })}
          />
        )}
      </div>
    </li>
  );
}

/** How many faults are in the card; while nobody has tried to save, an unfinished stage is nothing to point at. */
function Problems({ place }: { place: string }): ReactNode {
  const { faults, wasTried } = useContext(FindingsContext);
  const count = faults.filter(({ path }) => isInside(path, place)).length;
  return wasTried && count > 0 ? <span className={css.problems}>{words.problems(count)}</span> : null;
}
