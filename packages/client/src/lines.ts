import type { Answered } from './attempt.ts';
import { unlessEnded } from './deadline.ts';
import { brokenAnswer, type Called, timedOut, unanswered } from './failure.ts';

/** One object of an answer that is written as lines of JSON. */
export type Line = { readonly [name: string]: unknown };

/** The lines of an answer, one by one while they come, so that an answer may be larger than memory. */
export async function* linesOf(
  ask: () => Promise<Answered>,
  called: Called,
  signal: AbortSignal | undefined,
): AsyncGenerator<Line, void, undefined> {
  const { data, response, deadline } = await ask();
  const reader = (data as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      // While the caller is at work on a line, nobody waits for the service.
      deadline.restart();
      const { done, value } = await unlessEnded(deadline.signal, reader.read()).catch((error: unknown) => {
        signal?.throwIfAborted();
        throw deadline.passed() ? timedOut(deadline.ms, called, true) : unanswered(error, called);
      });
      deadline.lift();
      const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield parsed(line, response, called);
      if (done) break;
    }
    if (rest !== '') throw unanswered(new Error('it broke off in the middle of a line'), called);
  } finally {
    deadline.close();
    // Not waited for: of an answer that somebody cloned, it ends when the clone does.
    reader.cancel().catch(() => undefined);
  }
}

function parsed(line: string, response: Response, called: Called): Line {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw brokenAnswer(response, cause, called);
  }
}
