import type { Policy, PolicyStatus } from '@awe/engine/policy';
import { createPolicyCache } from '@awe/server/policies/policy-cache';
import { expect, it } from 'vitest';

const version = (id: string, status: PolicyStatus = 'active'): Policy & { status: PolicyStatus } => ({
  id,
  status,
  policy_key: 'key',
  version: 1,
  artifact_type: 'change',
  forbid_self_approval: false,
  forbid_repeat_approvers: false,
  stages: [],
});

/** A source that counts how often it is asked. */
function source(statusOf: (id: string) => PolicyStatus = () => 'active') {
  const asked: string[] = [];
  const load = async (id: string) => {
    asked.push(id);
    return id === 'missing' ? null : version(id, statusOf(id));
  };
  return { asked, load };
}

it('loads a version once, also for those who ask at the same moment', async () => {
  const { asked, load } = source();
  const cache = createPolicyCache(load, 10);
  const [one, two] = await Promise.all([cache.get('a'), cache.get('a')]);
  expect(one).toBe(two);
  expect(await cache.get('a')).toBe(one);
  expect(asked).toEqual(['a']);
});

it('forgets the version that was used longest ago', async () => {
  const { asked, load } = source();
  const cache = createPolicyCache(load, 2);
  for (const id of ['a', 'b', 'a', 'c', 'a', 'b']) await cache.get(id);
  expect(asked).toEqual(['a', 'b', 'c', 'b']);
});

it('keeps no draft: it may still change', async () => {
  const { asked, load } = source(() => 'draft');
  const cache = createPolicyCache(load, 2);
  await cache.get('a');
  await cache.get('a');
  expect(asked).toEqual(['a', 'a']);
});

it('keeps an archived version: requests may still be pinned to it', async () => {
  const { asked, load } = source(() => 'archived');
  const cache = createPolicyCache(load, 2);
  await cache.get('a');
  await cache.get('a');
  expect(asked).toEqual(['a']);
});

it('remembers no failure', async () => {
  let away = true;
  const cache = createPolicyCache(async (id) => {
    if (away) throw new Error('the database is away');
    return version(id);
  }, 2);
  await expect(cache.get('a')).rejects.toThrow('the database is away');
  away = false;
  expect((await cache.get('a')).id).toBe('a');
});

it('rejects for an id that no version has', async () => {
  const cache = createPolicyCache(source().load, 2);
  await expect(cache.get('missing')).rejects.toThrow('No policy version has the id missing.');
});
