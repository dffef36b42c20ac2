/** Something that is not as it was written: where, and what is wrong there. */
export type Fault = { place: string; message: string };

/** The fault as part of something larger. */
export function within(place: string, fault: Fault): Fault {
  return { place: `${place}, ${fault.place}`, message: fault.message };
}

export function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
