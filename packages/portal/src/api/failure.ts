/** One problem with what was sent, from a 422: `path` is dotted from the body or query, such as `stages.0.name`. */
export type FieldFault = { path: string; message: string };

/** Why a call failed. `status` is 0 when there was no answer at all; `code` then is null, as it is for a 422. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly code: string | null;
  /** Finds the call in the service’s log. */
  readonly correlationId: string | null;
  readonly fields: readonly FieldFault[];
  /** Seconds after which the service wants to be asked again. */
  readonly retryAfter: number | null;

  constructor(
    message: string,
    told: {
      status: number;
      code?: string | null;
      correlationId?: string | null;
      fields?: readonly FieldFault[];
      retryAfter?: number | null;
    },
  ) {
    super(message);
    this.name = 'ApiFailure';
    this.status = told.status;
    this.code = told.code ?? null;
    this.correlationId = told.correlationId ?? null;
    this.fields = told.fields ?? [];
    this.retryAfter = told.retryAfter ?? null;
  }
}

type Detail = { loc: (string | number)[]; msg: string };

/** What an answer that is no success says. */
export async function failureOf(response: Response): Promise<ApiFailure> {
  const body: unknown = await response.json().catch(() => null);
  const retryAfter = Number(response.headers.get('retry-after'));
  const told = {
    status: response.status,
    correlationId: response.headers.get('x-request-id'),
    retryAfter: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
  };
  const { errors, detail } = (body ?? {}) as {
    errors?: { errorCode: string; message: string }[];
    detail?: Detail[];
  };
  const [error] = errors ?? [];
  if (error) return new ApiFailure(error.message, { ...told, code: error.errorCode });
  const fields = (detail ?? []).map(({ loc, msg }) => ({ path: loc.slice(1).join('.'), message: msg }));
  return new ApiFailure(fields.map(({ path, message }) => `${path}: ${message}`).join('; '), {
    ...told,
    fields,
  });
}

/** What is wrong with each field of a form, by its path; empty when the failure is about something else. */
export function fieldFaults(failure: unknown): Readonly<Record<string, string>> {
  if (!(failure instanceof ApiFailure)) return {};
  return Object.fromEntries(failure.fields.map(({ path, message }) => [path, message]));
}
