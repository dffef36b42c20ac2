import Type from 'typebox';
import { HealthResponse, VersionResponse } from './envelope.ts';
import * as examples from './examples.ts';
import { operation, refusal } from './operation.ts';

export const HEALTH_OPERATIONS = {
  health: operation({
    operationId: 'health_v1_awe_health_get',
    method: 'get',
    path: '/v1/awe/health',
    tag: 'health',
    summary: 'Is the service ready?',
    description:
      'Answers 200 only when startup is finished and the database answers. For probes and load balancers.',
    access: 'public',
    success: { status: 200, schema: HealthResponse, description: 'The service can do its work.' },
    errors: [
      refusal('AWE-005', 503, 'The service is starting or shutting down.'),
      refusal('AWE-006', 503, 'The database does not answer.'),
    ],
    examples: { response: examples.health },
  }),
  version: operation({
    operationId: 'version_v1_awe_version_get',
    method: 'get',
    path: '/v1/awe/version',
    tag: 'health',
    summary: 'Which build is running?',
    description: 'The version of the package, when it was built, and from which commit.',
    access: 'public',
    success: { status: 200, schema: VersionResponse, description: 'The build.' },
    errors: [],
    examples: { response: examples.version },
  }),
  config: operation({
    operationId: 'config_view_v1_awe_config_get',
    method: 'get',
    path: '/v1/awe/config',
    tag: 'health',
    summary: 'Which settings are in force?',
    description: 'The effective settings, file and environment combined, without any secret.',
    access: 'public',
    success: { status: 200, schema: Type.Unknown(), description: 'The settings.' },
    errors: [],
    examples: {
      response: {
        service_id: 'openg2p.awe',
        api_version: '1.0',
        webhook: { timeout_seconds: 10, max_attempts: 6, backoff_seconds: [60, 300, 900, 3600, 21600] },
        sla: { check_interval_seconds: 300 },
      },
    },
  }),
} as const;
