import type { JsonObject } from '@awe/engine/policy';
import Type, { type Static } from 'typebox';
import { component } from './shapes.ts';

export const ValidationError = component(
  'ValidationError',
  'One place in the call that has the wrong shape.',
  {
    loc: Type.Array(Type.Union([Type.String(), Type.Integer()]), {
      description:
        'The way to the place: first `body`, `query`, `path` or `header`, then names and positions.',
      examples: [['body', 'stages', 0, 'stage_order']],
    }),
    msg: Type.String({ description: 'What is wrong there.', examples: ['must be at least 1'] }),
    type: Type.String({ description: 'The kind of fault, for programs.', examples: ['greater_than_equal'] }),
    input: Type.Optional(Type.Unknown({ description: 'The value that was found there.' })),
    ctx: Type.Optional(
      Type.Unsafe<JsonObject>({
        type: 'object',
        description: 'The limit that was broken.',
        examples: [{ ge: 1 }],
      }),
    ),
  },
);

export const HTTPValidationError = component(
  'HTTPValidationError',
  'A call of the wrong shape: every fault, not only the first.',
  {
    detail: Type.Optional(Type.Array(ValidationError, { description: 'The faults, in no promised order.' })),
  },
);

export type ValidationError = Static<typeof ValidationError>;
export type HTTPValidationError = Static<typeof HTTPValidationError>;
