import { createHmac } from 'node:crypto';
import type { HmacSha256 } from '@awe/contract/signature';

export const hmac: HmacSha256 = (key, text, encoding) =>
  createHmac('sha256', key).update(text).digest(encoding);

export const SECRET = `whsec_${Buffer.from('the secret of these tests only').toString('base64')}`;
export const OTHER = `whsec_${Buffer.from('another secret of these tests').toString('base64')}`;
/** An operator may choose one that is no Base64. */
export const PLAIN = 'no base64 at all!';

export const NOW = new Date('2026-04-23T10:00:00.000Z');
export const now = () => NOW;
