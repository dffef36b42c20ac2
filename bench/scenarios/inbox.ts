import { type Read, readsBySize } from '../reads-by-size.ts';
import type { Row } from '../result.ts';
import type { Setting } from '../setting.ts';

/** One more than a page, as the service asks for. */
const INBOX: Read = {
  scenario: 'd',
  key: 'inbox',
  name: 'inbox',
  path: () => '/tasks?status=open&assignee=me',
  floor: () =>
    `select * from approval_task where assignee = 'mia' and status = 'open' order by id desc limit 101;`,
};

/** (d) My open tasks: the first 100 of 200, among more and more of others. */
export function inbox(setting: Setting): Promise<Row[]> {
  return readsBySize(setting, INBOX);
}
