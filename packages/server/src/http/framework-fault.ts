import type { FastifyRequest } from 'fastify';
import { CallFault, ShapeFault } from './call-fault.ts';
import { nothingThere } from './served-paths.ts';

/** What the framework's own errors mean to a caller; any other error is handed back as it is. */
export function faultOfFramework(error: Error, request: FastifyRequest): unknown {
  const code = 'code' in error ? error.code : undefined;
  switch (code) {
    case 'FST_ERR_BAD_URL':
      return new CallFault(
        'no_such_path',
        'Nothing is served at this path: its percent-encoding is not valid UTF-8. Encode it once, with encodeURIComponent or its like.',
      );
    case 'FST_ERR_MAX_PARAM_LENGTH':
    case 'FST_ERR_NOT_FOUND':
      return nothingThere(request);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new CallFault('body_not_json', 'The Content-Type is not a media type. Send application/json.');
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new CallFault('body_too_large', 'The body is too large. Send less.');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new ShapeFault([
        { loc: ['body'], msg: 'The body is not as long as its Content-Length says', type: 'body_incomplete' },
      ]);
    default:
      // Static files answer conditions and ranges that cannot be met in this way; no operation does.
      return isClientError(error) ? nothingThere(request) : error;
  }
}

function isClientError(error: Error): boolean {
  const status = 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 500;
}
