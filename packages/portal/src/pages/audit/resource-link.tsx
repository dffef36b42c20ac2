import type { AuditOut } from '@awe/contract/audit';
import { Anchor } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../../strings/t.ts';

/** To the page of what a deed was about; nothing where there is no such page. */
export function ResourceLink({ entry }: { entry: AuditOut }): ReactNode {
  const target = pageOf(entry);
  if (target === null) return null;
  const kind = t.audit.types[target.kind] ?? target.kind;
  return (
    <Anchor size="sm" renderRoot={(own) => <Link {...target.link} {...own} />}>
      {t.audit.open(kind)}
    </Anchor>
  );
}

type Target = { kind: string; link: Pick<LinkProps, 'to' | 'params' | 'search'> };

function pageOf({ resource_type, resource_id, before, after, metadata }: AuditOut): Target | null {
  const requestId = text(metadata.request_id);
  switch (resource_type) {
    case 'policy': {
      const version = metadata.version;
      return {
        kind: 'policy',
        link:
          version === undefined
            ? { to: '/policies/$policyKey', params: { policyKey: resource_id } }
            : {
                to: '/policies/$policyKey/versions/$version',
                params: { policyKey: resource_id, version: String(version) },
              },
      };
    }
    case 'request':
      return requestPage(resource_id);
    case 'task':
    case 'incident':
      return requestId === null ? null : requestPage(requestId);
    case 'delivery':
      return requestId === null
        ? null
        : { kind: 'delivery', link: { to: '/deliveries', search: { request_id: requestId } } };
    case 'receiver':
      return { kind: 'receiver', link: { to: '/deliveries' } };
    case 'delegation': {
      const person = text((after ?? before)?.user_id);
      return {
        kind: 'delegation',
        link: { to: '/delegations', search: person === null ? {} : { user_id: person } },
      };
    }
    case 'secret':
      return { kind: 'secret', link: { to: '/secrets' } };
    default:
      return null;
  }
}

function requestPage(requestId: string): Target {
  return { kind: 'request', link: { to: '/requests/$requestId', params: { requestId } } };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
