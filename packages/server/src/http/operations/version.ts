import { successEnvelope } from '@awe/contract/envelope';
import type { Handler } from '../handler.ts';

export const version: Handler<'version'> = async ({ version, clock, responder }) => ({
  body: successEnvelope(version, clock.now(), responder),
});
