import { errorEnvelope } from '@awe/contract/envelope';
import { ERROR_CATALOGUE, ERROR_CODES, type ErrorCode } from '@awe/contract/errors';
import { BASE_PATH, hasInput, type Operation, refusalsOf } from '@awe/contract/operation';
import { OPERATION_LIST } from '@awe/contract/operations';
import { ADVICE, type Advice } from './what-to-do.ts';

const OPERATIONS = OPERATION_LIST.map(([, operation]) => operation);

/** Sets of operations that have a name. */
const GROUPS: readonly [string, (operation: Operation) => boolean][] = [
  ['every operation', () => true],
  ['every operation that needs a token', ({ access }) => access !== 'public'],
  ['every operation that needs `AWE_ADMIN`', ({ access }) => access === 'admin'],
  ['every operation that needs `AWE_VIEWER` or `AWE_ADMIN`', ({ access }) => access === 'viewer'],
  ['every operation that is sent by another method than GET', ({ method }) => method !== 'get'],
  ['every operation that takes a body', ({ body }) => body !== undefined],
];

/** Every error code as a page for callers. */
export function errorsDocument(): string {
  return `${HEADING}
${TO_BEGIN_WITH}
## All codes

| code | status | send it again? |
| --- | --- | --- |
${rows()
  .map(({ code, status, advice }) => `| [${code}](#${code.toLowerCase()}) | ${status} | ${advice.retry} |`)
  .join('\n')}
| [no code](#422-the-shape-is-wrong) | 422 | after a correction |

${ERROR_CODES.map(section).join('\n')}
${SHAPE}`;
}

const HEADING =
  '<!-- Generated from packages/contract/src by docs/generate: npm run catalogues -->\n\n# Errors\n';

const TO_BEGIN_WITH = `Every refusal but 422 has this body. \`errorCode\` is for programs and never changes; \`message\` is for people, says what was wrong and what to do,
and is worded better from time to time.

\`\`\`json error
${pretty(errorEnvelope('AWE-003', 'No request has the id 0197b1a2-0000-7000-8000-000000000001.', '2026-04-23T10:00:00.000Z'))}
\`\`\`

Three rules are enough for a client; \`@awe/client\` follows them by itself:

1. **503 and 429 pass.** Wait for \`Retry-After\` (seconds), then send the same call. Stop after some minutes, and tell somebody.
2. **A create is repeated with the same \`Idempotency-Key\`**, whatever happened to the first try. It is answered as the first one was.
3. **A decision whose answer you did not get may have been made.** Sent again, it is made or answered 409 \`AWE-007\`; the timeline says which.

Refusals are looked for in this order: 401, 403 for a missing role, 422, 404, 403 for somebody else's task, 400 and 409.
`;

const SHAPE = `## 422: the shape is wrong

Malformed JSON, a missing field, a wrong type, a number out of range. It lists every place, not only the first, and has a body of its own. \`loc\` starts at
\`body\`, \`query\`, \`path\` or \`header\`. Send it again after a correction. Answered by ${described(OPERATIONS.filter(hasInput))}.

\`\`\`json invalid
${pretty({ detail: [{ loc: ['body', 'artifact_id'], msg: 'Field required', type: 'missing' }] })}
\`\`\`
`;

type Row = { code: ErrorCode; status: number; advice: Advice };

function rows(): Row[] {
  return ERROR_CODES.flatMap((code) => rowsOf(code));
}

function rowsOf(code: ErrorCode): Row[] {
  return Object.entries<Advice>(ADVICE[code]).map(([status, advice]) => ({
    code,
    status: Number(status),
    advice,
  }));
}

function section(code: ErrorCode): string {
  const { meaning, remedy } = ERROR_CATALOGUE[code];
  return `## ${code}

${meaning}

**What to do.** ${remedy}

| status | answered by | send it again? |
| --- | --- | --- |
${rowsOf(code)
  .map(
    ({ status, advice }) =>
      `| ${status} | ${answeredBy(code, status)} | **${advice.retry}.** ${advice.then} |`,
  )
  .join('\n')}
`;
}

function answeredBy(code: ErrorCode, status: number): string {
  const all = OPERATIONS.map((operation) => ({
    operation,
    when: refusalsOf(operation).filter((refusal) => refusal.code === code && refusal.status === status),
  })).filter(({ when }) => when.length > 0);
  if (all.length === 0) return 'calls that reach no operation';
  const group = groupOf(all.map(({ operation }) => operation));
  if (group !== null) return group;
  const byWhen = Map.groupBy(all, ({ when }) => when.map((each) => each.when).join(' '));
  return [...byWhen]
    .map(([when, members]) => `${described(members.map(({ operation }) => operation))}: ${lowered(when)}`)
    .join('<br>');
}

/** The group that these operations are, all of it and nothing else. */
function groupOf(operations: readonly Operation[]): string | null {
  const found = GROUPS.find(([, fits]) =>
    OPERATIONS.every((each) => fits(each) === operations.includes(each)),
  );
  return found?.[0] ?? null;
}

function described(operations: readonly Operation[]): string {
  return (
    groupOf(operations) ??
    operations
      .map(({ method, path }) => `\`${method.toUpperCase()} ${path.replace(BASE_PATH, '')}\``)
      .join(', ')
  );
}

function lowered(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`.replace(/\.$/, '');
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
