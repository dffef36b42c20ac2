import { useSyncExternalStore } from 'react';

const EVERY_MS = 30_000;

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** The present in milliseconds; changes twice a minute, for all components at once. */
export function useNow(): number {
  return useSyncExternalStore(listen, () => now);
}

function listen(heard: () => void): () => void {
  listeners.add(heard);
  timer ??= setInterval(tick, EVERY_MS);
  return () => {
    listeners.delete(heard);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = Date.now();
  for (const heard of listeners) heard();
}
