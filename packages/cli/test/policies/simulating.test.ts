import { describe, expect, it } from 'vitest';
import { runAwe } from '../run-awe.ts';
import { scratchDirectory } from '../scratch-directory.ts';
import { policyText, written } from './written-files.ts';

const scratch = scratchDirectory();

const group = '{ rule_type: group, rule_value: { group: board } }';
const resolver = '{ rule_type: http, rule_value: { url: "https://people.example/who" } }';

/** Runs `awe policy …` on a policy `p.yaml` and its fixture. */
async function awe(name: string, policy: string, fixture: string, ...line: string[]) {
  const cwd = await written(`${scratch()}/${name}`, { 'p.yaml': policy, 'p.simulate.yaml': fixture });
  return runAwe(['policy', ...line], { cwd });
}

const test = (name: string, policy: string, fixture: string, ...more: string[]) =>
  awe(name, policy, fixture, 'test', '-f', 'p.simulate.yaml', ...more);

describe('a case that comes out differently', () => {
  it('is told with everything that differs, expected beside what came out, and where it stands', async () => {
    const fixture = `directory:
  groups: { /board: [ana, bo] }
cases:
  - name: passes
    expect: { stages: [{ name: Only, approvers: [bo, ana], needed: 2, observers: [], required: [] }] }
  - name: differs
    expect: { stages: [{ name: Only, approvers: [ana], needed: 1, observers: [eve], required: [ana] }] }
  - name: is skipped
    expect: { stages: [{ name: Only, skipped: skip_if, skip_if_error: amount }] }
  - name: has other stages
    expect: { stages: [{ name: Only }, { name: More }] }
  - name: finds people
    expect: { fails: no such board }
  - name: finds nobody
    directory: { groups: { board: [] } }
    expect: { stages: [{ name: Only }] }
  - name: finds no group
    directory: { groups: { board: { fails: Keycloak is away } } }
    expect: { stages: [{ name: Only }] }
`;
    const { code, stdout, stderr } = await test('differs', policyText('p', '', group), fixture);
    expect([code, stderr]).toEqual([1, 'awe: 6 cases came out differently.\n']);
    expect(stdout).toBe(`✓ p: passes
✗ p: differs (p.simulate.yaml:6)
    stage "Only", approvers
      expected: ana
      came out: ana, bo
    stage "Only", required
      expected: ana
      came out: nobody
    stage "Only", observers
      expected: eve
      came out: nobody
    stage "Only", needed
      expected: 1
      came out: 2
✗ p: is skipped (p.simulate.yaml:8)
    stage "Only", skipped
      expected: skip_if
      came out: no
    stage "Only", skip_if_error
      expected: amount
      came out: none
✗ p: has other stages (p.simulate.yaml:10)
    stages
      expected: "Only", "More"
      came out: "Only"
✗ p: finds people (p.simulate.yaml:12)
    outcome
      expected: fails: no such board
      came out: people are found
✗ p: finds nobody (p.simulate.yaml:14)
    stage "Only", blocked
      expected: no
      came out: no_approvers_resolved
✗ p: finds no group (p.simulate.yaml:17)
    outcome
      expected: people are found
      came out: fails: stage "Only": Keycloak is away
1 case passed, 6 failed.
`);
  });

  it('is data for a script', async () => {
    const fixture =
      'cases: [{ name: c, context: { a: 1 }, expect: { stages: [{ name: Only, needed: 3 }] } }]\n';
    const { code, stdout } = await test('json', policyText('p'), fixture, '--json');
    const differences = [{ where: 'Only', what: 'needed', expected: '3', actual: '1' }];
    const file = 'p.simulate.yaml';
    expect([code, JSON.parse(stdout)]).toEqual([
      1,
      {
        passed: 0,
        failed: 1,
        cases: [{ file, line: 1, policy_key: 'p', name: 'c', differences }],
        faults: [],
      },
    ]);
  });
});

describe('a fixture', () => {
  it('fails where it does not know a group, as Keycloak does, and says how to add it', async () => {
    const fixture = 'cases: [{ name: c, expect: { fails: "add it, with an empty list for nobody" } }]\n';
    expect((await test('unknown', policyText('p', '', group), fixture)).code).toBe(0);
  });

  it('answers for resolvers, and for people who are away', async () => {
    const fixture = `directory:
  http: { "https://people.example/who": [ana, ana, bo] }
  delegations: { bo: cem, ana: dee, dee: eve }
cases:
  - { name: c, expect: { stages: [{ name: Only, approvers: [ana, cem] }] } }
`;
    // Who is away cannot stand in for another.
    expect((await test('away', policyText('p', '', resolver), fixture)).stdout).toContain(
      '1 case passed, 0 failed.',
    );
  });

  it('with faults has them all named', async () => {
    const fixture = `directory: { role: {} }
cases:
  - { name: c, expect: { stages: [{ nam: Only, blocked: quorum }] } }
`;
    const { code, stdout, stderr } = await test('faulty', policyText('p'), fixture);
    expect([code, stderr]).toEqual([1, 'awe: 4 faults found: correct the files.\n']);
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'p.simulate.yaml:1:14: directory.role: "role" is no key that is known here: did you mean "roles"?',
      'p.simulate.yaml:3:35: cases[0].expect.stages[0].name: is missing',
      'p.simulate.yaml:3:37: cases[0].expect.stages[0].nam: "nam" is no key that is known here: did you mean "name"?',
      'p.simulate.yaml:3:48: cases[0].expect.stages[0].blocked: "quorum" is none of no_approvers_resolved, required_approver_unavailable, quorum_unreachable: did you mean "quorum_unreachable"?',
    ]);
  });

  it('needs the policy that it is about', async () => {
    const fixture = 'policy: other.yaml\ncases: [{ name: c, expect: { fails: x } }]\n';
    const { code, stdout } = await test('alone', policyText('p'), fixture);
    expect([code, stdout.split('\n')[0]]).toEqual([1, 'other.yaml:1:1: is not there']);
    const itself = fixture.replace('other', 'p.simulate');
    expect((await test('itself', policyText('p'), itself)).stdout).toContain('policy: leads to no policy');
    const none = await awe('none', policyText('p'), fixture, 'test', '-f', 'p.yaml');
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('No fixture was found')]);
  });
});

describe('one sample', () => {
  const simulate = (...line: string[]) =>
    awe(
      'sample',
      policyText('p', 'skip_if: { "<": [{ var: amount }, 10] }', group),
      FIXTURE,
      'simulate',
      ...line,
    );
  const FIXTURE = 'directory: { groups: { /board: [ana] } }\ncases: [{ name: c, expect: { stages: [] } }]\n';
  const offline = ['-f', 'p.yaml', '--people', 'p.simulate.yaml'];

  it('of a file is told stage by stage, without a service', async () => {
    const large = await simulate(...offline, '--context', '{"amount": 10}', '--requester', 'clara');
    expect(large).toEqual({ code: 0, stdout: '1. Only: 1 of 1 must approve\n    asks ana\n', stderr: '' });
    const small = await simulate(...offline, '--context', '{"amount": 9}');
    expect(small.stdout).toBe('1. Only: skipped (skip_if)\n');
    const shown = JSON.parse((await simulate(...offline, '--json')).stdout);
    expect(shown).toMatchObject({
      policy_key: 'p',
      version: null,
      stages: [{ skip_if_error: expect.stringContaining('amount') }],
    });
  });

  it('is refused where nobody can be found out, and where it is not clear of what', async () => {
    const unknown = await simulate('-f', 'p.yaml');
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('has not the group board')]);
    const both = await simulate('p', ...offline);
    expect([both.code, both.stderr]).toEqual([
      64,
      expect.stringContaining('Give the key of a policy on the service, or a file'),
    ]);
  });
});
