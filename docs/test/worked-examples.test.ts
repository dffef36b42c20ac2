import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mode } from '@awe/engine/policy';
import { describe, expect, it } from 'vitest';
import { policy, required, stage, user } from '../../packages/engine/test/policy-words.ts';
import { start } from '../../packages/engine/test/scenario.ts';
import { ROOT } from '../../packages/server/test/safety/source-files.ts';

const PAGE = readFileSync(join(ROOT, 'docs/concepts/how-a-stage-is-decided.md'), 'utf8');
const ROW = /^\| `([a-z-]+)`(?: (\d+))?(, `count`)? \| (.+?) \| (.+?) \| (\d+) \| (\w+)(?:: `(\w+)`)? \|$/gm;

const examples = [...PAGE.matchAll(ROW)].map(
  ([row, mode, value, count, people = '', votes = '', needed, is, reason]) => ({
    row,
    mode: mode as Mode,
    mode_value: value === undefined ? null : Number(value),
    on_reject: count === undefined ? ('veto' as const) : ('count' as const),
    people: people.split(', '),
    votes: votes.split(', '),
    needed: Number(needed),
    is,
    reason,
  }),
);

describe('a worked example', () => {
  it('is every row of the table', () => {
    const table = PAGE.split('## Worked examples')[1]?.split('\n## ')[0] ?? '';
    expect(examples.length).toBeGreaterThan(10);
    expect(table.match(/^\| `/gm)).toHaveLength(examples.length);
  });

  it.each(examples)('comes to what it says: $row', ({ people, votes, needed, is, reason, ...counted }) => {
    const rules = people.map((name) => (name.endsWith('*') ? required(user(name.slice(0, -1))) : user(name)));
    const { row: _, ...words } = counted;
    const story = start(policy([stage('example', { ...words, rules })]));
    for (const vote of votes) {
      const [name = '', does] = vote.split(' ');
      expect(story.approval().stages[0]?.status).toBe('open');
      expect(['approves', 'rejects', 'abstains']).toContain(does);
      story.person(name)[does as 'approves' | 'rejects' | 'abstains']();
    }
    expect(story.payload('stage_started').needed).toBe(needed);
    expect(story.approval().stages[0]?.status).toBe(is);
    if (is !== 'open') expect(story.payload('stage_completed').reason).toBe(reason);
  });
});
