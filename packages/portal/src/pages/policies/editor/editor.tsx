import type { PolicyOut } from '@awe/contract/policies';
import type { Fault } from '@awe/engine/fault';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { FailureNotice } from '../../../blocks/failure-notice.tsx';
import { say } from '../../../blocks/notify.ts';
import { PageHeader } from '../../../blocks/page-header.tsx';
import { t } from '../../../strings/t.ts';
import { Activation } from './activation.tsx';
import { FindingsContext } from './draft/finding-fields.tsx';
import { findingsOf } from './draft/findings.ts';
import { refusalPlaces } from './draft/refusal-places.ts';
import { sameJson } from './draft/same-json.ts';
import css from './editor.module.css';
import { Facts } from './facts.tsx';
import { Above, headingOf } from './heading.tsx';
import { Leaving } from './leaving.tsx';
import { RestoredNote } from './restored-note.tsx';
import { Side, type SideTab } from './side/side.tsx';
import { StageList } from './stages/stage-list.tsx';
import { useGoTo } from './use-go-to.ts';
import { useKeptDraft } from './use-kept-draft.ts';
import { savingOf, useSaving } from './use-saving.ts';

const words = t.policyEditor;

/** What goes on once a draft is saved. */
export type Step = 'activate' | 'simulate';

/**
 * A policy being written: a new one without `base`, a draft that is edited, or the version after one that is no draft any
 * more. `step`: what somebody was about to do when the last save brought them here.
 */
export function Editor({ base, step = null }: { base: PolicyOut | null; step?: Step | null }): ReactNode {
  const navigate = useNavigate();
  const editing = useKeptDraft(base);
  const { draft, document, change, isDirty, restored } = editing;
  const saving = useSaving(base);
  const places = useMemo(() => refusalPlaces(saving.error), [saving.error]);
  const [wasTried, setTried] = useState(false);
  const [isActivating, setActivating] = useState(step === 'activate');
  const [tab, setTab] = useState<SideTab>(step === 'simulate' ? 'simulate' : 'check');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const written = JSON.stringify(document);
  // What was refused is wrong for as long as nobody has changed anything.
  const isRefused = saving.isError && sameJson(saving.variables, document);
  const findings = useMemo(
    () => ({ ...findingsOf(JSON.parse(written), isRefused ? places : []), wasTried }),
    [written, places, isRefused, wasTried],
  );
  const isLeaving = useRef(false);
  const show = (id: string, isOpen: boolean) =>
    setOpen((before) => new Set(isOpen ? [...before, id] : [...before].filter((each) => each !== id)));
  const goTo = useGoTo(draft.stages, (id) => show(id, true));
  const kind = savingOf(base);
  const isSaved = kind === 'edit' && !isDirty;

  const point = ([first]: readonly Fault[]) => {
    if (!first) return;
    setTab('check');
    goTo(first.path);
  };
  const follow = (next: Step | null) => {
    if (next === 'activate') setActivating(true);
    if (next === 'simulate') setTab('simulate');
  };
  const save = async (next: Step | null) => {
    if (isSaved) return follow(next);
    setTried(true);
    const { faults } = findingsOf(document, []);
    if (faults.length > 0) return point(faults);
    const stored = await saving.mutateAsync(document).catch((failure: unknown) => {
      point(refusalPlaces(failure));
      return null;
    });
    if (stored === null) return;
    setTried(false);
    editing.settle(kind !== 'edit');
    // What follows shows by itself that it is saved.
    if (next === null) say(words.savedAs(stored.version));
    if (kind === 'edit') return follow(next);
    isLeaving.current = true;
    await navigate({
      to: '/policies/$policyKey/edit',
      params: { policyKey: stored.policy_key },
      search: { version: String(stored.version) },
      hash: next ?? '',
      replace: true,
    });
  };

  return (
    <FindingsContext value={findings}>
      <Leaving isOn={() => isDirty && !isLeaving.current} />
      <PageHeader
        above={<Above policyKey={base?.policy_key ?? null} />}
        {...headingOf(base)}
        actions={
          <>
            <Button
              variant="default"
              disabled={isSaved}
              loading={saving.isPending}
              onClick={() => save(null)}
            >
              {words.save}
            </Button>
            <Button disabled={saving.isPending} onClick={() => save('activate')}>
              {words.activate}
            </Button>
          </>
        }
      />
      <p className={css.state} role="status">
        {isSaved ? words.saved : isDirty ? words.unsaved : ''}
      </p>
      {restored && (
        <RestoredNote
          keptAt={restored.keptAt}
          isOutdated={editing.isOutdated}
          onStartOver={editing.startOver}
        />
      )}
      {saving.error && places.length === 0 && (
        <div className={css.failure}>
          <FailureNotice failure={saving.error} />
        </div>
      )}
      <div className={css.columns}>
        <div className={css.main}>
          <Facts draft={draft} change={change} hasKey={base !== null} />
          <StageList stages={draft.stages} change={change} open={open} setOpen={show} />
        </div>
        <aside className={css.aside} aria-label={words.side.label}>
          <Side
            tab={tab}
            onTab={setTab}
            document={document}
            saved={kind === 'edit' ? base : null}
            isDirty={isDirty}
            isSaving={saving.isPending}
            onSave={() => save('simulate')}
            onGo={goTo}
          />
        </aside>
      </div>
      {isActivating && base && isSaved && <Activation draft={base} onClose={() => setActivating(false)} />}
    </FindingsContext>
  );
}
