import { describe, expect, it } from 'vitest';
import type { ResolvedAddress } from '../../src/outbound/connect.ts';
import { gatedResolve, lookupsAtOnce } from '../../src/outbound/lookup-gate.ts';

/** A name server whose answers the test gives. */
function slowNameServer() {
  const asked: string[] = [];
  const arrivals = new Map<string, PromiseWithResolvers<void>>();
  const arrival = (hostname: string) => {
    const known = arrivals.get(hostname) ?? Promise.withResolvers<void>();
    arrivals.set(hostname, known);
    return known;
  };
  const answers = new Map<string, PromiseWithResolvers<ResolvedAddress[]>>();
  return {
    asked,
    resolve: (hostname: string) => {
      asked.push(hostname);
      arrival(hostname).resolve();
      const answer = Promise.withResolvers<ResolvedAddress[]>();
      answers.set(hostname, answer);
      return answer.promise;
    },
    isAsked: (hostname: string) => arrival(hostname).promise,
    answer: (hostname: string) => answers.get(hostname)?.resolve([]),
    fail: (hostname: string) => answers.get(hostname)?.reject(new Error('no such name')),
  };
}

describe('names whose servers do not answer', () => {
  it('occupy only so many lookups, and pass them on when they are answered or fail', async () => {
    const server = slowNameServer();
    const resolve = gatedResolve(server.resolve, 2, 60_000);
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => resolve(name));
    expect(server.asked).toEqual(['a', 'b']);
    server.answer('a');
    await a;
    await server.isAsked('c');
    expect(server.asked).toEqual(['a', 'b', 'c']);
    server.fail('b');
    await expect(b).rejects.toThrow('no such name');
    await server.isAsked('d');
    server.answer('c');
    server.answer('d');
    expect(await Promise.all([c, d])).toEqual([[], []]);
    void resolve('e');
    expect(server.asked.at(-1)).toBe('e');
  });

  it('are not asked when their callers have given up by then, and hold nobody up', async () => {
    const server = slowNameServer();
    const resolve = gatedResolve(server.resolve, 1, -1);
    const [a, late, later] = ['a', 'late', 'later'].map((name) => resolve(name));
    const refused = [late, later].map((one) => one?.catch((error: Error) => error.message));
    server.answer('a');
    await a;
    expect(await Promise.all(refused)).toEqual([
      'late was not looked up: name servers are too slow',
      'later was not looked up: name servers are too slow',
    ]);
    expect(server.asked).toEqual(['a']);
    void resolve('next');
    expect(server.asked).toEqual(['a', 'next']);
  });
});

it('leaves threads to the rest of the process', () => {
  expect(lookupsAtOnce({})).toBe(2);
  expect(lookupsAtOnce({ UV_THREADPOOL_SIZE: '16' })).toBe(14);
  expect(lookupsAtOnce({ UV_THREADPOOL_SIZE: '1' })).toBe(1);
  expect(lookupsAtOnce({ UV_THREADPOOL_SIZE: 'many' })).toBe(2);
});
