import '@xyflow/react/dist/base.css';
import type { StageIn } from '@awe/contract/policies';
import { Box } from '@mantine/core';
import { type Edge, Handle, MarkerType, type Node, type NodeProps, Position, ReactFlow } from '@xyflow/react';
import { type ReactNode, useMemo } from 'react';
import { t } from '../../../strings/t.ts';
import css from './flow.module.css';
import { layoutOf, MARK, STAGE } from './layout.ts';
import { StageCard } from './stage-card.tsx';

const words = t.policies.page.flow;

type StageNode = Node<{ stage: StageIn }, 'stage'>;
type MarkNode = Node<{ label: string; isEnd: boolean }, 'mark'>;

/** The flow from left to right at its natural size: to be looked at, never touched, and hidden from readers. */
export function FlowPicture({ stages }: { stages: readonly StageIn[] }): ReactNode {
  const { nodes, edges, width, height } = useMemo(() => pictureOf(stages), [stages]);
  return (
    // It scrolls, so keys must be able to reach it.
    <Box role="region" className={css.window ?? ''} aria-label={words.picture} tabIndex={0}>
      <div aria-hidden className={css.picture} style={{ width, height }}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          width={width}
          height={height}
          minZoom={1}
          maxZoom={1}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          panOnDrag={false}
          zoomOnScroll={false}
          zoomOnPinch={false}
          zoomOnDoubleClick={false}
          preventScrolling={false}
          disableKeyboardA11y
          proOptions={{ hideAttribution: true }}
        />
      </div>
    </Box>
  );
}

const NODE_TYPES = { stage: StageBox, mark: MarkBox };

function StageBox({ data: { stage } }: NodeProps<StageNode>): ReactNode {
  return (
    <div className={css.box} style={STAGE}>
      <Handle type="target" position={Position.Left} className={css.handle ?? ''} />
      <StageCard stage={stage} />
      <Handle type="source" position={Position.Right} className={css.handle ?? ''} />
    </div>
  );
}

function MarkBox({ data: { label, isEnd } }: NodeProps<MarkNode>): ReactNode {
  return (
    <div className={isEnd ? `${css.mark} ${css.end}` : css.mark} style={MARK}>
      {isEnd && <Handle type="target" position={Position.Left} className={css.handle ?? ''} />}
      {label}
      {!isEnd && <Handle type="source" position={Position.Right} className={css.handle ?? ''} />}
    </div>
  );
}

function pictureOf(stages: readonly StageIn[]) {
  const { start, end, stages: places, lines, width, height } = layoutOf(stages);
  const mark = ({ id, x, y }: typeof start, label: string): MarkNode => ({
    id,
    type: 'mark',
    position: { x, y },
    data: { label, isEnd: id === end.id },
    ...MARK,
  });
  const nodes: (StageNode | MarkNode)[] = [
    mark(start, words.start),
    ...places.map(
      ({ id, x, y, stage }): StageNode => ({
        id,
        type: 'stage',
        position: { x, y },
        data: { stage },
        ...STAGE,
      }),
    ),
    mark(end, words.end),
  ];
  const edges: Edge[] = lines.map(({ from, to }) => ({
    id: `${from}-${to}`,
    source: from,
    target: to,
    type: 'smoothstep',
    markerEnd: { type: MarkerType.Arrow, color: 'var(--awe-quiet)' },
  }));
  return { nodes, edges, width, height };
}
