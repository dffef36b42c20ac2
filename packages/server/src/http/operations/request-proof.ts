import { AweError } from '../../awe-error.ts';
import type { Handler } from '../handler.ts';

export const requestProof: Handler<'requestProof'> = async ({ integrity }, { params }) => {
  const proof = await integrity.proof(params.request_id);
  if (proof === null) {
    throw new AweError('request_not_found', 'No request has this id. Search by artifact with GET /requests.');
  }
  return { body: proof };
};
