import { ErrorResponse } from '@awe/contract/envelope';
import { OPERATIONS } from '@awe/contract/operations';
import { PolicyCreate } from '@awe/contract/policies';
import { HTTPValidationError } from '@awe/contract/validation-error';
import { WebhookEvent } from '@awe/contract/webhook-event';
import { validatePolicy } from '@awe/engine/policy-validation';
import { readConfig } from '@awe/server/config/config';
import { parse } from 'yaml';
import type { Block } from '../reading/block.ts';
import type { Kind } from '../reading/kind.ts';
import { faultsOf } from './closed-schema.ts';

type DataKind = Extract<Kind, { kind: 'call' | 'answered' | 'policy' | 'settings' | 'scraping' }>;

/** What is wrong with a block of JSON or YAML, given what it claims to be. */
export function dataFaults(block: Block, kind: DataKind): string[] {
  if (kind.kind === 'settings') return settingsFaults(block.text);
  const value = block.language === 'json' ? JSON.parse(block.text) : parse(block.text);
  switch (kind.kind) {
    case 'call':
      return callFaults(kind, value);
    case 'answered':
      return faultsOf(SHAPES[kind.shape], value);
    case 'policy':
      return policyFaults(value);
    case 'scraping':
      return scrapingFaults(value);
  }
}

const SHAPES = { event: WebhookEvent, error: ErrorResponse, invalid: HTTPValidationError };

function callFaults({ operation: name, part }: DataKind & { kind: 'call' }, value: unknown): string[] {
  const operation = Object.entries(OPERATIONS).find(([known]) => known === name)?.[1];
  if (operation === undefined) return [`there is no operation ${name}`];
  const schema = part === 'answer' ? operation.success.schema : 'body' in operation ? operation.body : null;
  return schema === null ? [`${name} has no ${part}`] : faultsOf(schema, value);
}

function policyFaults(value: unknown): string[] {
  const faults = faultsOf(PolicyCreate, value);
  if (faults.length > 0) return faults;
  const validation = validatePolicy(value as Parameters<typeof validatePolicy>[0]);
  return validation.ok ? [] : validation.faults.map(({ path, message }) => `${path}: ${message}`);
}

/** What does not belong in a file of settings, and has to be there beside some of them. */
const SECRETS = { AWE__KEYCLOAK__ADMIN_CLIENT_SECRET: 'mounted' };

function settingsFaults(text: string): string[] {
  try {
    const secrets = text.includes('admin_client_id') ? SECRETS : {};
    readConfig({ env: { CONFIG_PATH: '/settings.yaml', ...secrets }, cwd: '/', readFile: () => text });
    return [];
  } catch (error) {
    return [String(error)];
  }
}

/** Of Prometheus' own settings only what we tell it about us. */
function scrapingFaults(value: {
  scrape_configs?: { job_name?: string; static_configs?: unknown }[];
}): string[] {
  const jobs = value.scrape_configs ?? [];
  if (jobs.length > 0 && jobs.every((job) => job.job_name && job.static_configs)) return [];
  return ['scrape_configs with a job_name and static_configs'];
}
