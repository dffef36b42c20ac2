import { kindOf, SETTINGS, type SettingNode, variableOf } from './setting-tree.ts';

/** What each section of the settings is about. A section without a line here is a fault that a test finds. */
const SECTIONS: Record<string, string> = {
  '': 'How the service calls itself in its answers and its log.',
  webhook: 'How callbacks are sent.',
  resolver: 'How approvers are looked up.',
  sla: 'How due tasks are watched.',
  keycloak:
    'Identity is on once `issuer` is set. The directory (roles, groups, pickers) needs `base_url`, `realm`, `admin_client_id` and `admin_client_secret`: all four, or none. [Keycloak](keycloak.md) says how to set up a realm.',
  server: 'What is listened to, and how much of it.',
  auth: 'What is believed of a token.',
  idempotency: 'How repeated creations are recognised.',
  retention:
    'What is removed once it is old enough, an hour after the last look at most. An ended request is written to a file in `archive_directory` (one JSON document a line, in the form of the export) and removed only when that file is safely on disk; one with a delivery that is still pending stays until that is settled. Its idempotency key stays for `idempotency.retention_days`, so that a repeated creation is still answered as the first one was. Audit rows and open requests are never removed.',
  secrets: 'What is signed and encrypted with.',
  outbound: 'Whom the service may call: callbacks and `http` rules.',
  database: 'How PostgreSQL is used.',
};

const UNIT = /; (seconds|bytes|days)$/;

/** Every setting as a Markdown page for operators; `example` is the text of a configuration file. */
export function configurationDocument(example: string): string {
  return `${INTRODUCTION}
## An example

\`\`\`yaml
${example.trimEnd()}
\`\`\`

${sections().map(sectionText).join('\n')}`;
}

const INTRODUCTION = `<!-- Generated from packages/server/src/config/settings.ts: npm run config-docs -->

# Configuration

Nothing has to be configured to try the service. Each setting has a default, which a YAML file overrides, which the environment overrides:

1. **The file** is \`config/default.yaml\`, or the one that \`CONFIG_PATH\` names (which then has to be there). Everything stands under \`awe:\`.
2. **Environment variables** are \`AWE__\` and the setting's name with \`__\` between its levels: \`AWE__WEBHOOK__MAX_ATTEMPTS=3\`. Lists are JSON:
   \`AWE__WEBHOOK__BACKOFF_SECONDS=[60, 300]\`. An empty value means none where there may be none.
3. **Secrets** may also be mounted as files: \`…_FILE\` beside the variable's name, for every setting marked *secret* below and for
   \`DATABASE_URL\`, names a file that holds the value: \`AWE__SECRETS__ENCRYPTION_KEYS_FILE=/run/secrets/keys\`. Blanks around the value do not
   count; a list is JSON or one item a line. A variable and its file together are refused.

A name that does not exist or a value that cannot be used stops the start; the message says where it was written, and what was probably meant.

| to see | do |
| --- | --- |
| what would be in force, where each setting was written, or everything that is wrong | \`node packages/server/src/main.ts --check-config\`; exit code 1 when something is; connects to nothing |
| what is in force | \`GET /v1/awe/config\`, without secrets |

Beside the settings:

| environment variable | what it is | default |
| --- | --- | --- |
| \`DATABASE_URL\` | PostgreSQL 14 or newer, as \`postgres://user:password@host:5432/database\`; *secret* | an embedded PostgreSQL with its data in \`./.awe\` |
| \`CONFIG_PATH\` | the configuration file | \`config/default.yaml\`, if it is there |
| \`LOG_LEVEL\` | \`trace\`, \`debug\`, \`info\`, \`warn\`, \`error\` or \`silent\` | \`info\` |
| \`OTEL_EXPORTER_OTLP_ENDPOINT\` | where traces are sent; OpenTelemetry's other \`OTEL_…\` variables count too | no traces |
`;

type Row = { key: string; node: SettingNode };

/** The settings in the order of the schema; those outside any section first. */
function sections(): [string, Row[]][] {
  const grouped = Map.groupBy(SETTINGS, ({ key }) => key.split('.').slice(0, -1).join('.'));
  return [...grouped];
}

function sectionText([name, rows]: [string, Row[]]): string {
  const about = SECTIONS[name];
  if (about === undefined)
    throw new Error(`say in ${import.meta.filename} what the section ${name} is about`);
  return `## ${name === '' ? 'The service' : `\`${name}\``}

${about}

| setting | what it is | value | unit | default |
| --- | --- | --- | --- | --- |
${rows.map(rowText).join('\n')}
`;
}

function rowText({ key, node }: Row): string {
  const description = node.description ?? '';
  const unit = UNIT.exec(description)?.[1] ?? '';
  const secret = node.secret ? '; *secret*' : '';
  const cells = [
    `\`${key}\`<br>\`${variableOf(key)}\``,
    inCell(`${description.replace(UNIT, '')}${secret}`),
    inCell(node.expects ?? kindOf(node).type),
    unit,
    node.default === null ? '' : `\`${JSON.stringify(node.default)}\``,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** A bar would end the cell, and `<issuer>` would be taken for a tag. */
function inCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
