import Type from 'typebox';
import type { ResponseHeader } from './operation.ts';

/** How many rows a page has; the contract fixes 1 to 500 nearly everywhere. */
export function limit(rows: number, maximum = 500) {
  return Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum,
      default: rows,
      description: 'How many to answer at most, newest first.',
    }),
  );
}

export const cursor = Type.Optional(
  Type.String({
    description:
      'Where the next page starts. Take it from the Link header of the page before; do not make one up.',
  }),
);

/** The header that leads from page to page, so that bodies can stay plain arrays. */
export function linkHeader(path: string): Readonly<Record<'Link', ResponseHeader>> {
  return {
    Link: {
      description: 'RFC 8288: the address of the next page as `rel="next"`; absent on the last page.',
      example: `<${path}?cursor=MDE5N2IxYTI>; rel="next"`,
    },
  };
}
