import { expect, it } from 'vitest';
import { connect } from '../src/connection/connect.ts';
import { describeFailure } from '../src/describe-failure.ts';

it('says which address it was that something else than the service answered at', () => {
  const signal = new AbortController().signal;
  const connection = connect({ env: {}, cwd: '/', signal }, () => ({ url: 'http://awe.example/' }));
  const answer = { name: 'AweError', code: 'UNEXPECTED_ANSWER', status: 502, requestId: null };
  const error = Object.assign(new Error('Look at baseUrl.'), answer);
  expect(describeFailure(error, { connection, env: {} })).toEqual({
    text: 'Look at baseUrl. (UNEXPECTED_ANSWER, status 502) baseUrl is what --url or AWE_URL says: http://awe.example.',
    exitCode: 3,
  });
});
