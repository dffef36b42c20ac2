import { AweError } from '../../awe-error.ts';
import type { Handler } from '../handler.ts';

export const getRequest: Handler<'getRequest'> = async ({ queries }, { params }) => {
  const request = await queries.findRequest(params.request_id);
  if (request === null) {
    throw new AweError('request_not_found', 'No request has this id. Search by artifact with GET /requests.');
  }
  return { body: request };
};
