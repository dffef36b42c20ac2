import Type from 'typebox';
import * as examples from './examples.ts';
import { operation, refusal } from './operation.ts';
import { RotateSecretIn, SecretIn, SecretOut, SecretValueOut } from './secrets.ts';

const params = Type.Object({ secret_id: Type.String({ description: 'The id of the secret.' }) });
const UNKNOWN = refusal('AWE-007', 404, 'No secret has this id.');

export const SECRET_OPERATIONS = {
  listSecrets: operation({
    operationId: 'list_callback_secrets_v1_awe_admin_callback_secrets_get',
    method: 'get',
    path: '/v1/awe/admin/callback-secrets',
    tag: 'secrets',
    summary: 'List callback secrets',
    description: 'Everything but their values, by name. Deleted ones are left out.',
    access: 'viewer',
    success: { status: 200, schema: Type.Array(SecretOut), description: 'The secrets.' },
    errors: [],
    examples: { response: [examples.secret] },
  }),
  createSecret: operation({
    operationId: 'create_callback_secret_v1_awe_admin_callback_secrets_post',
    method: 'post',
    path: '/v1/awe/admin/callback-secrets',
    tag: 'secrets',
    summary: 'Make a callback secret',
    description:
      'Requests name it as callback_secret_id. Its value is in this answer and nowhere else: it is stored encrypted.',
    access: 'admin',
    body: SecretIn,
    success: { status: 201, schema: SecretValueOut, description: 'The secret, with its value.' },
    errors: [refusal('AWE-007', 409, 'Another secret has this name.')],
    examples: { body: { name: 'land-registry' }, response: examples.secretValue },
  }),
  rotateSecret: operation({
    operationId: 'rotate_callback_secret_v1_awe_admin_callback_secrets__secret_id__rotate_post',
    method: 'post',
    path: '/v1/awe/admin/callback-secrets/{secret_id}/rotate',
    tag: 'secrets',
    summary: 'Give a callback secret a new value',
    description:
      'The new value begins to sign after effective_in_hours. Until then the old one signs, and webhook-signature carries a signature of each. A rotation that has not taken effect is replaced by the next.',
    access: 'admin',
    params,
    body: RotateSecretIn,
    success: { status: 200, schema: SecretValueOut, description: 'The secret, with its new value.' },
    errors: [UNKNOWN, refusal('AWE-007', 409, 'The default secret is set in the configuration.')],
    examples: { body: { effective_in_hours: 24 }, response: examples.secretValue },
  }),
  deleteSecret: operation({
    operationId: 'delete_callback_secret_v1_awe_admin_callback_secrets__secret_id__delete',
    method: 'delete',
    path: '/v1/awe/admin/callback-secrets/{secret_id}',
    tag: 'secrets',
    summary: 'Delete a callback secret',
    description: 'New requests cannot name it any more. Requests that do are signed with it to their end.',
    access: 'admin',
    params,
    success: { status: 204, schema: null, description: 'It is deleted.' },
    errors: [UNKNOWN, refusal('AWE-007', 409, 'It is the default secret.')],
    examples: {},
  }),
} as const;
