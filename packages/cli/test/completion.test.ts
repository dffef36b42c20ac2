import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { AWE, startProcess } from './awe-process.ts';
import { scratchDirectory } from './scratch-directory.ts';

const directory = scratchDirectory();

/** What the package bash-completion brings: the words of the line, and which of them the cursor is in. */
const WORDS = `_get_comp_words_by_ref() { cur=\${COMP_WORDS[COMP_CWORD]}; prev=\${COMP_WORDS[COMP_CWORD-1]}; words=("\${COMP_WORDS[@]}"); cword=$COMP_CWORD; }
compopt() { :; }`;

beforeAll(async () => {
  const { code, stdout, stderr } = await startProcess(AWE, ['completion', 'bash']).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  await writeFile(join(directory(), 'awe.bash'), stdout);
  await mkdir(join(directory(), 'kept'));
  await writeFile(join(directory(), 'kept/2026.ndjson'), '');
});

/** What bash offers at Tab, the cursor being in the last of the words. */
async function offered(...words: string[]): Promise<string[]> {
  const line = `${WORDS}
awe() { "$AWE" "$@"; }
source ./awe.bash
COMP_WORDS=(awe ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}
$(complete -p awe | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = await startProcess('bash', ['-c', line], { cwd: directory(), env: { AWE } })
    .ended;
  expect(stderr).toBe('');
  return stdout.split('\n').filter((each) => each !== '');
}

describe('the script for bash', () => {
  it.each([
    [['de'], ['delegation', 'delivery', 'demo']],
    [
      ['task', 'decide', 'a'],
      ['approve', 'abstain'],
    ],
    [
      ['delivery', 'list', '--status', ''],
      ['pending', 'delivered', 'exhausted'],
    ],
    [['task', 'list', '--js'], ['--json']],
    [['verify', '--checkpoints', 'kept/'], ['kept/2026.ndjson']],
  ])('offers for %j: %j', async (words, offers) => {
    expect((await offered(...words)).sort()).toEqual([...offers].sort());
  });
});

it.each([
  ['zsh', /^#compdef awe$/m],
  ['fish', /^complete -c awe /m],
  ['powershell', /Register-ArgumentCompleter -CommandName 'awe'/],
])('there is a script for %s', async (shell, says) => {
  expect(await startProcess(AWE, ['completion', shell]).ended).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringMatching(says),
  });
});

it('refuses a shell that it does not know', async () => {
  expect(await startProcess(AWE, ['completion', 'tcsh']).ended).toMatchObject({
    code: 64,
    stdout: '',
    stderr: expect.stringContaining('Allowed choices are zsh, bash, fish, powershell.'),
  });
});
