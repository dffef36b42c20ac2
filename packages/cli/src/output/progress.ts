import type { Stream } from '../context.ts';

/** `advance` adds; `done` takes the bar away, so that the result stands alone. */
export type Progress = { advance: (by: number) => void; done: () => void };

const SILENT: Progress = { advance: () => {}, done: () => {} };

/** A bar with what is left, or without a total a count that goes up. Silent where nobody looks. */
export async function barOn(stream: Stream, label: string, total: number | null): Promise<Progress> {
  if (stream.isTTY !== true) return SILENT;
  // Loaded when there is something to show.
  const { SingleBar } = await import('cli-progress');
  const known = `${label}  {bar}  {value}/{total}  {eta_formatted}`;
  const bar = new SingleBar({
    format: total === null ? `${label}  {value}  {duration_formatted}` : known,
    stream,
    barsize: 30,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    clearOnComplete: true,
    // Ctrl-C is ours: the command ends, and with it the bar.
    gracefulExit: false,
  });
  bar.start(total ?? 0, 0);
  return { advance: (by) => bar.increment(by), done: () => bar.stop() };
}
