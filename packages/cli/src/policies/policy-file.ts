import { PolicyCreate } from '@awe/contract/policies';
import { policyFileSchema } from '@awe/contract/policy-file';
import type { JsonObject } from '@awe/engine/policy';
import type { PolicyDocument } from '@awe/engine/policy-document';
import { lintPolicy, type WarningCode } from '@awe/engine/policy-lint';
import { validatePolicy } from '@awe/engine/policy-validation';
import { type Definition, defined } from './definition.ts';
import type { FileFault } from './fault.ts';
import { shapeCheck, shapeTest } from './reading/shape.ts';
import type { SourceDocument } from './reading/source-document.ts';
import { pathOf, type Steps, stepsOf } from './reading/steps.ts';

/** Something that works, but probably not as meant. */
export type FileWarning = FileFault & { code: WarningCode };

/** A policy that stands in a file and can work. `document` is what the service is sent. */
export type PolicyFile = {
  file: string;
  line: number;
  document: PolicyDocument;
  definition: Definition;
  warnings: FileWarning[];
};

export type Checked = { ok: true; policy: PolicyFile } | { ok: false; faults: FileFault[] };

const checkFile = shapeCheck(policyFileSchema());
/** What the engine can look at at all; it says itself which words it does not know. */
const hasTypes = shapeTest(PolicyCreate);

/** One document of a file as a policy, or every fault in it: of its shape, and of its meaning where its shape allows. */
export function checkPolicyDocument(source: SourceDocument): Checked {
  const { value, faultAt, file } = source;
  const found = new Map<string, { steps: Steps; message: string }>();
  const hints = new Map<string, string>();
  for (const { steps, message, hint } of checkFile(value)) {
    found.set(pathOf(steps), { steps, message: message + hint });
    hints.set(pathOf(steps), hint);
  }
  const document = value as PolicyDocument;
  const validation = hasTypes(value) ? validatePolicy(document) : null;
  if (validation?.ok === false) {
    // The engine says why; of the shape only what was probably meant is worth adding.
    for (const { path, message } of validation.faults)
      found.set(path, { steps: stepsOf(path), message: message + (hints.get(path) ?? '') });
  }
  if (found.size > 0 || !validation?.ok) {
    return { ok: false, faults: [...found.values()].map(({ steps, message }) => faultAt(steps, message)) };
  }
  const definition = defined(document, validation.stages);
  const { $schema: _, ...sent } = value as JsonObject;
  const places = documentOrder(document);
  const warnings = lintPolicy(validation.stages).map(({ code, path, message }) => {
    const [first, run, ...rest] = stepsOf(path);
    const steps = typeof run === 'number' ? [first ?? '', places[run] ?? run, ...rest] : stepsOf(path);
    return { ...faultAt(steps, message), code };
  });
  const { line } = faultAt(['policy_key'], '');
  return { ok: true, policy: { file, line, document: sent as PolicyDocument, definition, warnings } };
}

/** Where in the document each stage stands, in the order they run. */
function documentOrder({ stages }: PolicyDocument): number[] {
  return [...(stages ?? []).entries()]
    .toSorted(([, a], [, b]) => a.stage_order - b.stage_order)
    .map(([at]) => at);
}
