import type { Handler } from '../handler.ts';

export const requestEvents: Handler<'requestEvents'> = async ({ queries }, { params }) => ({
  body: await queries.listEvents(params.request_id),
});
