import type { StageIn } from '@awe/contract/policies';

/** How a stage is decided, each in words; null where there is nothing to say. */
export type StageWords = {
  /** `any 2 of: u-amina, u-bao, members of role OFFICER` */
  who: string;
  required: string | null;
  observers: string | null;
  /** `skipped if amount < 1000` */
  skip: string | null;
  empty: string | null;
  sla: string | null;
  breach: string | null;
  reject: string | null;
};

export function describeStage(stage: StageIn): StageWords {
  return { who: stage.name, required: null, observers: null, skip: null, empty: null, sla: null, breach: null, reject: null };
}
