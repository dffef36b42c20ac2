import {
  DEFAULT_RESPONDER,
  ErrorResponse,
  errorEnvelope,
  HealthResponse,
  successEnvelope,
} from '@awe/contract/envelope';
import { ERROR_CATALOGUE, ERROR_CODES } from '@awe/contract/errors';
import { errorStatuses, refusalsOf } from '@awe/contract/operation';
import { OPERATION_LIST, OPERATIONS } from '@awe/contract/operations';
import Value from 'typebox/value';
import { describe, expect, it } from 'vitest';

const now = '2026-04-23T10:00:00.000Z';

describe('the error catalogue', () => {
  it('knows each code with exactly these statuses', () => {
    expect(Object.fromEntries(ERROR_CODES.map((code) => [code, ERROR_CATALOGUE[code].statuses]))).toEqual({
      'AWE-001': [404],
      'AWE-002': [409],
      'AWE-003': [404],
      'AWE-004': [404],
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-007': [400, 404, 409, 503],
      'AWE-008': [401, 403],
      'AWE-009': [409],
      'AWE-010': [400],
      'AWE-011': [503],
      'AWE-012': [400, 404, 405, 408, 413, 415, 429, 431],
      'AWE-500': [500],
    });
  });

  it.each(ERROR_CODES)('says what %s means and what to do', (code) => {
    expect(ERROR_CATALOGUE[code].meaning).toMatch(/\.$/);
    expect(ERROR_CATALOGUE[code].remedy).toMatch(/\.$/);
  });

  it('explains each status of a code that has several', () => {
    for (const code of ['AWE-007', 'AWE-008', 'AWE-012'] as const) {
      const { statuses, meaning, remedy } = ERROR_CATALOGUE[code];
      for (const status of statuses) {
        expect(meaning, code).toContain(String(status));
        expect(remedy, code).toContain(String(status));
      }
    }
  });

  it.each(OPERATION_LIST)('%s refuses only as the catalogue allows', (_, operation) => {
    for (const { code, status, when } of refusalsOf(operation)) {
      expect(ERROR_CATALOGUE[code].statuses as readonly number[], code).toContain(status);
      expect(when).not.toBe('');
    }
  });
});

describe('the statuses of an operation', () => {
  it('follow from its access, its shape and what it does', () => {
    expect(errorStatuses(OPERATIONS.version)).toEqual([500]);
    expect(errorStatuses(OPERATIONS.listPolicies)).toEqual([401, 403, 429, 500, 503]);
    expect(errorStatuses(OPERATIONS.getRequest)).toEqual([401, 404, 422, 429, 500, 503]);
    expect(errorStatuses(OPERATIONS.createRequest)).toEqual([
      400, 401, 404, 409, 413, 415, 422, 429, 500, 503,
    ]);
    expect(errorStatuses(OPERATIONS.decide)).toEqual([401, 403, 404, 409, 413, 415, 422, 429, 500, 503]);
  });
});

describe('the envelope', () => {
  it('carries one error, and null as the response', () => {
    const envelope = errorEnvelope('AWE-003', 'No request has this id.', now);
    expect(envelope).toEqual({
      id: 'openg2p.awe',
      version: '1.0',
      responsetime: now,
      response: null,
      errors: [{ errorCode: 'AWE-003', message: 'No request has this id.' }],
    });
    expect([...Value.Errors(ErrorResponse, envelope)]).toEqual([]);
  });

  it('carries one result, and no errors', () => {
    const envelope = successEnvelope({ status: 'healthy' }, now);
    expect(envelope).toEqual({
      ...DEFAULT_RESPONDER,
      responsetime: now,
      response: { status: 'healthy' },
      errors: [],
    });
    expect([...Value.Errors(HealthResponse, envelope)]).toEqual([]);
  });

  it('names the deployment that answers', () => {
    const responder = { id: 'ministry.awe', version: '2.0' };
    expect(errorEnvelope('AWE-500', 'x', now, responder)).toMatchObject(responder);
    expect(successEnvelope({}, now, responder)).toMatchObject(responder);
  });
});
