import type { RequestOut } from '@awe/contract/requests';
import { type ReactNode, useState } from 'react';
import { Json } from '../../blocks/json.tsx';
import { Sheet } from '../../blocks/sheet.tsx';
import { t } from '../../strings/t.ts';
import { Choice } from './choice.tsx';
import css from './context.module.css';
import { Tree } from './tree.tsx';

const words = t.requests.context;
const VIEWS = [
  { value: 'tree', label: words.tree },
  { value: 'raw', label: words.raw },
] as const;
type View = (typeof VIEWS)[number]['value'];

/** What the rules of the policy look at: to be read, or as it came. */
export function Context({ context }: Pick<RequestOut, 'context'>): ReactNode {
  const [view, setView] = useState<View>('tree');
  if (Object.keys(context).length === 0) return <Sheet title={words.title}>{words.empty}</Sheet>;
  return (
    <Sheet title={words.title}>
      <Choice label={words.view} choices={VIEWS} value={view} onChange={setView} />
      <div className={css.value}>
        {view === 'raw' ? <Json value={context} label={words.title} /> : <Tree value={context} />}
      </div>
    </Sheet>
  );
}
