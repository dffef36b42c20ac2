import { policyDiff } from '../strings/diff.ts';
import type { Change, PolicyDiff } from './change.ts';

const words = policyDiff;

/** A diff as a list of sentences, the weightiest first: stages that come and go, then what changes within them. */
export function diffSentences({ policy, stages }: PolicyDiff): string[] {
  const comeAndGo = stages.flatMap(({ kind, name }) =>
    kind === 'added' || kind === 'removed' ? [words[kind](name)] : [],
  );
  const within = stages.flatMap(({ name, changes }) =>
    changes.map((change) => words.inStage(name, changeSentence(change))),
  );
  return [...comeAndGo, ...within, ...policy.map(changeSentence)];
}

/** `Approvals: any 2 approve → any 3 approve` */
function changeSentence({ aspect, before, after }: Change): string {
  const what = words.aspects[aspect];
  if (before === null) return words.cameAbout(what, after ?? '');
  return after === null ? words.isGone(what, before) : words.becomes(what, before, after);
}
