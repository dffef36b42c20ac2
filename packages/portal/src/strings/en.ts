import { audit } from './audit.ts';
import { blocks } from './blocks.ts';
import { delegations } from './delegations.ts';
import { deliveries } from './deliveries.ts';
import { inbox } from './inbox.ts';
import { incidents } from './incidents.ts';
import { overview } from './overview.ts';
import { policies } from './policies.ts';
import { policyEditor } from './policy-editor.ts';
import { requests } from './requests.ts';
import { secrets } from './secrets.ts';
import { session } from './session.ts';
import { shell } from './shell.ts';

/** Everything the portal says, in English. A translation is another object of this type. */
export const en = {
  audit,
  blocks,
  delegations,
  deliveries,
  inbox,
  incidents,
  overview,
  policies,
  policyEditor,
  requests,
  secrets,
  session,
  shell,
};

export type Strings = typeof en;
