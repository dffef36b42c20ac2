import { describe, expect, it } from 'vitest';
import { runAwe } from './run-awe.ts';

describe('wrong usage', () => {
  it.each([
    [['task', 'lst'], "unknown command 'lst'", 'Did you mean list?'],
    [['task', 'list', '--asignee', 'x'], "unknown option '--asignee'", 'Did you mean --assignee?'],
    [['request', 'create', '-p', 'x'], "required option '-a, --artifact <type/id>' not specified", '--help'],
    [['request', 'create', '-p', 'x', '-a', 'CR-1'], 'It is type/id', '--help'],
    [['task', 'list', '-n', '0'], 'It is a whole number from 1', '--help'],
    [
      ['task', 'list', '-n', '5', '--all'],
      "'--all' cannot be used with option '-n, --limit <rows>'",
      '--help',
    ],
    [['audit', 'list', '--since', 'yesterday'], 'It is such as 2026-04-23T10:00:00Z', '--help'],
    [['secret', 'rotate', 'x', '--effective-in-hours', '-1'], 'It is a number from 0', '--help'],
    [['task', 'decide', 'approve'], 'Name either a task or a request', ''],
    [['request', 'create', '-p', 'x', '-a', 'a/b', '-c', '[1]'], '--context: [1] cannot be read', ''],
    [['request', 'create', '-p', 'x', '-a', 'a/b', '-c', '{"a"'], '--context is not JSON', ''],
    [
      ['request', 'create', '-p', 'x', '-a', 'a/b', '-c', '{"loan": {"amount": 9007199254740993}}'],
      '--context: loan.amount: Integer cannot be kept exactly',
      'send it as a string',
    ],
    [
      ['policy', 'apply', '-f', '.', '--detailed-exitcode'],
      '--detailed-exitcode is about a plan',
      '--dry-run',
    ],
    [['--as', ':ROLE', 'task', 'list'], '--as names nobody', ''],
    [['--as', 'ada', '--token', 'x', 'task', 'list'], 'Give one of --token, --token-command and --as', ''],
    [['--url', 'localhost:8000', 'task', 'list'], '"localhost:8000" is not the address of a service', ''],
    [
      ['--url', 'https://ada:hidden@awe.example', 'task', 'list'],
      'awe: The address of the service holds a user or a password: give a token instead.\n',
      '',
    ],
  ])('of %j is told with exit code 64 and the way out', async (line, wrong, wayOut) => {
    const { code, stdout, stderr } = await runAwe(line);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toMatch(/^awe: /);
    expect(stderr).toContain(wrong);
    expect(stderr).toContain(wayOut);
    expect(stderr).not.toContain('hidden');
  });
});
