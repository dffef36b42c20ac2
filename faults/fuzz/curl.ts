import type { Wire } from './send.ts';

/** A body longer than this is not worth pasting. Bytes. */
const MOST_SHOWN = 60_000;

/** The call as a line for a shell. */
export function curlOf(url: string, { method, path, headers, body }: Wire): string {
  const parts = ['curl -i --path-as-is', method === 'HEAD' ? '--head' : `-X ${method}`];
  for (const [name, value] of headers)
    parts.push(`-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`);
  if (body && !headers.some(([name]) => name.toLowerCase() === 'content-type'))
    parts.push("-H 'Content-Type:'");
  if (body)
    parts.push(
      `--data-binary ${isBlankFiller(body) ? `"$(printf '{}%${body.length - 2}s')"` : quotedBytes(body)}`,
    );
  return `${parts.join(' ')} ${quoted(`${url}${path}`)}`;
}

/** Bytes for a socket as a line for a shell. */
export function netcatOf(url: string, bytes: Buffer): string {
  const { hostname, port } = new URL(url);
  return `printf %b ${quoted(escaped(bytes).replaceAll("\\'", "'"))} | nc ${hostname} ${port}`;
}

function isBlankFiller(body: Buffer): boolean {
  return body.length > MOST_SHOWN && body.toString('latin1', 0, 3) === '{} ';
}

function quoted(text: string): string {
  return /[^\x20-\x7e]/.test(text) ? quotedBytes(Buffer.from(text)) : `'${text.replaceAll("'", "'\\''")}'`;
}

function quotedBytes(bytes: Buffer): string {
  return `$'${escaped(bytes)}'`;
}

function escaped(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replaceAll(/[\\']/g, (character) => `\\${character}`)
    .replaceAll(
      /[^\x20-\x7e]/g,
      (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
}
