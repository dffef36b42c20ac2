import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultLine } from '../../src/policies/fault.ts';
import { loadPolicies } from '../../src/policies/policy-files.ts';
import { scratchDirectory } from '../scratch-directory.ts';
import { policyText, written } from './written-files.ts';

const scratch = scratchDirectory();
let count = 0;

type Files = Parameters<typeof written>[1];

async function place(files: Files): Promise<string> {
  count += 1;
  return written(join(scratch(), String(count)), files);
}

async function load(files: Files, ...paths: string[]) {
  return loadPolicies(paths.length === 0 ? ['.'] : paths, await place(files));
}

/** The faults of one file, as they are printed. */
async function faultsOf(text: string | Uint8Array, name = 'a.yaml'): Promise<string[]> {
  return (await load({ [name]: text })).faults.map(faultLine);
}

const bomb = `a: &a [x,x,x,x,x,x,x,x,x]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: [*c,*c,*c,*c,*c,*c]
`;

describe('a file that says what no policy can', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['no YAML', 'policy_key: [a\nname: b', /^a\.yaml:2:1: is not YAML: /],
    ['a key twice', 'name: a\nname: b\n', /^a\.yaml:2:1: "name" is here twice$/],
    ['a merge key', 'x: &x { a: 1 }\ny:\n  <<: *x\n', /^a\.yaml:3:3: merge keys \("<<"\) are not read/],
    [
      'aliases of aliases of aliases',
      bomb,
      /^a\.yaml:1:1: repeats itself through aliases more than 100 times$/,
    ],
    [
      'more aliases than anybody needs',
      `a: &a x\nb: [${Array(101).fill('*a')}]`,
      /^a\.yaml:2:\d+: there are more than 100 aliases/,
    ],
    ['an alias for a key', 'a: &a x\n*a : b\n', /^a\.yaml:2:1: (a key must be written out|is not YAML)/],
    ['an alias of what it is in', 'a: &a { b: *a }', /^a\.yaml:1:12: the alias \*a is inside itself$/],
    [
      'a tag',
      'a: !!binary aGVsbG8=',
      /^a\.yaml:1:\d+: the tag tag:yaml\.org,2002:binary means nothing here$/,
    ],
    ['a tag of its own', 'a: !secret x', /^a\.yaml:1:4: is not YAML: Unresolved tag: !secret$/],
    ['no number', 'a: .nan', /^a\.yaml:1:4: infinity and NaN are no numbers of JSON$/],
    [
      'a number that would be rounded',
      'a: 12345678901234567890',
      /^a\.yaml:1:4: a number is too large to be kept/,
    ],
    ['NUL', 'a: "\\0"', /^a\.yaml:1:4: a text holds a NUL character/],
    ['half a surrogate pair', 'a: "\\ud800"', /^a\.yaml:1:4: a text holds half a surrogate pair/],
    ['a key that is a list', '? [a]\n: b\n', /^a\.yaml:1:3: is not YAML: /],
    ['no text', new Uint8Array([0x70, 0xff, 0xfe]), /^a\.yaml:1:1: is not text in UTF-8$/],
    ['nothing', '# a comment\n---\n', /^a\.yaml:1:1: holds no policy$/],
    ['a list', '- a\n', /^a\.yaml:1:1: must be a mapping, is a list$/],
    [
      'a text for a number that may be absent',
      policyText('a', 'mode_value: "2"'),
      /^a\.yaml:\d+:\d+: stages\[0\]\.mode_value: must be a whole number or null, is a text$/,
    ],
    ['far too much', new Uint8Array(1_048_577).fill(0x20), /^a\.yaml:1:1: is larger than 1048576 bytes/],
  ])('%s', async (_, text, line) => {
    const faults = await faultsOf(text);
    expect(faults[0]).toMatch(line);
  });

  it('is told shortly, however broken it is', async () => {
    const faults = await faultsOf('['.repeat(20_000));
    expect(faults.length).toBeLessThanOrEqual(5);
    expect(faults[0]).toMatch(/: is nested too deeply$/);
  });
});

describe('a policy with faults', () => {
  it('has every one of them named at its place, with what was probably meant', async () => {
    const text = `policy_key: a/b
name: A
artifact_type: t
forbid_selfapproval: true
stages:
  - name: First
    stage_order: 1
    mode: any
    sla_hour: 4
    on_breach: escalate
    skip_if: { missing_som: [1, [a]] }
    rules:
      - rule_type: rolle
        rule_value: { role: X }
      - rule_type: role
        rule_value: { role: X, clinet: portal }
      - { rule_type: user, rule_value: { user_id: alice }, kind: observer, required: true }
  - name: Second
    stage_order: 1
    __proto__: { mode: all }
    constructor: 1
`;
    expect(await faultsOf(text)).toEqual([
      expect.stringMatching(/^a\.yaml:1:1: policy_key: must not contain "\/"/),
      'a.yaml:4:1: forbid_selfapproval: "forbid_selfapproval" is no key that is known here: did you mean "forbid_self_approval"?',
      expect.stringMatching(/^a\.yaml:6:5: stages\[0\]\.sla_hours: is missing: on_breach "escalate" needs/),
      expect.stringMatching(/^a\.yaml:6:5: stages\[0\]\.escalation_rules: are missing: /),
      'a.yaml:8:5: stages[0].mode: "any" is none of all, any-n, quorum, percentage: did you mean "any-n"?',
      'a.yaml:9:5: stages[0].sla_hour: "sla_hour" is no key that is known here: did you mean "sla_hours"?',
      'a.yaml:11:16: stages[0].skip_if.missing_som: "missing_som" is not a JSONLogic operator: did you mean "missing_some"?',
      'a.yaml:13:9: stages[0].rules[0].rule_type: "rolle" is none of user, role, group, expression, http: did you mean "role"?',
      'a.yaml:16:32: stages[0].rules[1].rule_value.clinet: "clinet" is no key that is known here: did you mean "client"?',
      expect.stringMatching(
        /^a\.yaml:17:\d+: stages\[0\]\.rules\[2\]\.required: an observer decides nothing/,
      ),
      expect.stringMatching(/^a\.yaml:19:5: stages\[1\]\.stage_order: 1 is also the order of stages\[0\]/),
      expect.stringMatching(
        /^a\.yaml:20:5: stages\[1\]\.__proto__: "__proto__" is no key that is known here/,
      ),
      expect.stringMatching(
        /^a\.yaml:21:5: stages\[1\]\.constructor: "constructor" is no key that is known here/,
      ),
    ]);
  });

  it('has those of the wrong shape named too, of all files at once', async () => {
    const { faults, policies } = await load({
      'b/two.yaml': `${policyText('good')}---\nname: 7\nstages: [1, { name: x, stage_order: 1.5, rules: {} }]\n`,
      'a.json': '{\n\t"policy_key": "j",\n\t"name": "J",\n\t"artifact_type": null\n}',
    });
    expect(faults.map(faultLine)).toEqual([
      'a.json:4:2: artifact_type: must be a text, is empty',
      'b/two.yaml:10:1: policy_key: is missing',
      'b/two.yaml:10:1: artifact_type: is missing',
      'b/two.yaml:10:1: name: must be a text, is a number',
      'b/two.yaml:11:10: stages[0]: must be a mapping, is a number',
      'b/two.yaml:11:24: stages[1].stage_order: must be a whole number, is a number with a fraction',
      'b/two.yaml:11:42: stages[1].rules: must be a list, is a mapping',
    ]);
    expect(policies.map(({ definition }) => definition.policy_key)).toEqual(['good']);
  });

  it('is found by its key where another file has it too, though it has faults of its own', async () => {
    const { faults } = await load({
      'a.yaml': `\n${policyText('same')}`,
      'b.yaml': policyText('same', 'mode: none'),
    });
    expect(faults.map(faultLine)).toEqual([
      'b.yaml:1:1: policy_key: "same" is also the key of a.yaml:2: give each policy its own',
      'b.yaml:7:5: stages[0].mode: "none" is none of all, any-n, quorum, percentage',
    ]);
  });
});

describe('what is read', () => {
  it('is every document of every file below a directory, by name, fixtures and hidden files apart', async () => {
    const found = await load({
      'z.yml': policyText('z'),
      'sub/a.json': JSON.stringify({ $schema: 'x', policy_key: 'j', name: 'J', artifact_type: 't' }),
      'sub/two.yaml': `# yaml-language-server: $schema=x\n${policyText('one')}---\n${policyText('two')}`,
      'sub/two.simulate.yaml': 'cases: []',
      '.git/c.yaml': 'broken: [',
      'node_modules/x/package.json': '{}',
      'notes.md': '# no policy',
    });
    expect(found.faults).toEqual([]);
    expect(found.policies.map(({ definition, file, line }) => [definition.policy_key, file, line])).toEqual([
      ['j', 'sub/a.json', 1],
      ['one', 'sub/two.yaml', 2],
      ['two', 'sub/two.yaml', 11],
      ['z', 'z.yml', 1],
    ]);
    expect(found.policies[0]?.document).not.toHaveProperty('$schema');
    expect(found.fixtures.map(({ name }) => name)).toEqual(['sub/two.simulate.yaml']);
    expect(found.hasDirectory).toBe(true);
  });

  it('may repeat a value by an alias', async () => {
    const text = policyText('a', 'escalation_rules: [*who]').replace('- {', '- &who {');
    // An alias stands for what comes before it.
    const [head, rules] = text.split('    escalation_rules: [*who]\n');
    const { policies, faults } = await load({ 'a.yaml': `${head}${rules}    escalation_rules: [*who]\n` });
    expect(faults).toEqual([]);
    const [stage] = policies[0]?.definition.stages ?? [];
    expect(stage?.escalation_rules).toEqual(stage?.rules);
  });

  it('follows links to files within the directory only, and reads a file once', async () => {
    const root = await place({
      'out/x.yaml': policyText('x'),
      'in/..data/a.yaml': policyText('a'),
      'in/b.yaml': policyText('b'),
    });
    await symlink('..data/a.yaml', join(root, 'in/a.yaml'));
    await symlink('b.yaml', join(root, 'in/c.yaml'));
    await symlink('../out/x.yaml', join(root, 'in/x.yaml'));
    await symlink('nowhere.yaml', join(root, 'in/y.yaml'));
    await mkdir(join(root, 'in/d.yaml'));
    await symlink('..', join(root, 'in/d.yaml/loop.yaml'));
    const { policies, faults } = await loadPolicies(['in'], root);
    expect(policies.map(({ definition }) => definition.policy_key)).toEqual(['a', 'b']);
    expect(faults.map(faultLine)).toEqual([
      'in/x.yaml:1:1: is a link that leads out of the directory',
      'in/y.yaml:1:1: is not there',
    ]);
    // Whoever names a link means what it leads to.
    expect((await loadPolicies(['in/x.yaml'], root)).policies).toHaveLength(1);
  });

  it('must be there', async () => {
    const root = await place({ 'empty/notes.md': '' });
    expect((await loadPolicies(['gone.yaml', 'empty'], root)).faults.map(faultLine)).toEqual([
      'gone.yaml:1:1: is not there',
      'empty:1:1: holds no .yaml, .yml or .json file',
    ]);
  });

  it('is warned of at the place where the author wrote it, in whatever order the stages run', async () => {
    const stage = (order: number, more: string) =>
      `  - { name: S${order}, stage_order: ${order}, rules: [], ${more} }\n`;
    const text = `policy_key: a\nname: A\nartifact_type: t\nstages:\n${stage(2, 'mode: percentage')}${stage(1, 'on_empty: skip')}`;
    const { policies } = await load({ 'a.yaml': text });
    expect(policies[0]?.warnings.map(({ code, ...fault }) => [code, faultLine(fault)])).toEqual([
      ['no_approver_rule', expect.stringMatching(/^a\.yaml:6:\d+: stages\[1\]\.rules: .* always skipped/)],
      ['no_approver_rule', expect.stringMatching(/^a\.yaml:5:\d+: stages\[0\]\.rules: .* always rejects/)],
      ['percentage_without_value', expect.stringMatching(/^a\.yaml:5:5: stages\[0\]\.mode_value: /)],
    ]);
  });
});
