import { artifactId, requestId } from '../large-tables.ts';
import { idFor } from '../multiply.ts';
import { type Read, readsBySize } from '../reads-by-size.ts';
import type { Row } from '../result.ts';
import { ARTIFACT_TYPE } from '../scene.ts';
import type { Setting } from '../setting.ts';

const anyOf = (requests: number) => 1 + Math.floor(Math.random() * requests);

const READS: Read[] = [
  {
    scenario: 'e',
    key: 'search by status',
    name: 'search by type and status',
    path: () => `/requests?artifact_type=${ARTIFACT_TYPE}&status=in_review`,
    floor: () =>
      `select * from approval_request where artifact_type = '${ARTIFACT_TYPE}' and status = 'in_review'
         order by id desc limit 51;`,
  },
  {
    scenario: 'e',
    key: 'search by artifact',
    name: 'search by artifact',
    path: ({ requests }) => `/requests?artifact_id=artifact-${anyOf(requests)}`,
    floor: ({ requests }) =>
      `\\set n random(1, ${requests})\nselect * from approval_request where artifact_id = ${artifactId(':n::bigint')}
         order by id desc limit 51;`,
  },
  {
    scenario: 'e',
    key: 'timeline',
    name: 'timeline',
    path: ({ requests }) => `/requests/${idFor(anyOf(requests), 0)}/events`,
    floor: ({ requests }) =>
      `\\set n random(1, ${requests})\nselect * from approval_event where request_id = ${requestId(':n::bigint')}
         order by sequence;`,
  },
];

/** (e) Requests by status, by artifact, and one request's timeline, in the tables of the inbox. */
export async function search(setting: Setting): Promise<Row[]> {
  const rows: Row[] = [];
  for (const read of READS) rows.push(...(await readsBySize(setting, read)));
  return rows;
}
