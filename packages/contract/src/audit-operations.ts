import Type from 'typebox';
import { AuditOut } from './audit.ts';
import * as examples from './examples.ts';
import { operation } from './operation.ts';
import { cursor, limit, linkHeader } from './paging.ts';
import { moment } from './shapes.ts';

const only = (description: string) => Type.Optional(Type.String({ description }));

export const AUDIT_OPERATIONS = {
  listAudit: operation({
    operationId: 'list_audit_v1_awe_admin_audit_get',
    method: 'get',
    path: '/v1/awe/admin/audit',
    tag: 'audit',
    summary: 'Read the audit log',
    description:
      'What administrators did, newest first. Rows are never changed or deleted. Filters apply together.',
    access: 'viewer',
    query: Type.Object({
      actor: only('Only what this user did.'),
      action: only('Only this action, such as policy.activate.'),
      resource_type: only('Only things of this kind, such as policy.'),
      resource_id: only('Only this thing.'),
      since: Type.Optional(moment('Only from this moment on.')),
      until: Type.Optional(moment('Only before this moment.')),
      limit: limit(50, 1000),
      cursor,
    }),
    success: {
      status: 200,
      schema: Type.Array(AuditOut),
      description: 'One page of rows.',
      headers: linkHeader('/v1/awe/admin/audit'),
    },
    errors: [],
    examples: { response: [examples.audit] },
  }),
} as const;
