import { QueryClient } from '@tanstack/react-query';
import { ApiFailure } from './failure.ts';

/** Milliseconds in which what was read counts as fresh. */
const FRESH_MS = 10_000;
const RETRIES = 2;

/** Reads again what fails by chance, and nothing that the service has refused. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < RETRIES && isPassing(error),
      },
      mutations: { retry: false },
    },
  });
}

function isPassing(error: unknown): boolean {
  return error instanceof ApiFailure && [0, 502, 504].includes(error.status);
}
