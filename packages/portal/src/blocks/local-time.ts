/** For `<input type="datetime-local">`: a moment, in milliseconds, in the viewer’s zone, to the minute. */
export function inInput(at: number): string {
  const offset = new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - offset).toISOString().slice(0, 16);
}

/** What such an input holds, as a moment on the wire: UTC with `Z`. */
export function momentOf(local: string): string {
  return new Date(local).toISOString();
}

/** The viewer’s zone, such as `Europe/Berlin`. */
export function viewerZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
