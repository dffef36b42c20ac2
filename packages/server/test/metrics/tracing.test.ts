import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCaller, tokenOf } from '../../demo/caller.ts';
import { type Receiver, startReceiver } from '../../demo/receiver.ts';
import { createLog } from '../../src/log.ts';
import { NO_TRACING, openTracing } from '../../src/tracing/tracing.ts';
import { type FreshDatabase, freshDatabase } from '../postgres.ts';
import { type ServiceProcess, startProcess } from '../process/service-process.ts';
import { ROOT } from '../safety/source-files.ts';
import { policyOf } from '../service/story.ts';
import { type CollectedSpan, type Collector, startCollector } from './collector.ts';

const SECRET = `whsec_${Buffer.from('the secret of this test alone').toString('base64')}`;
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER_SPAN = 'b7ad6b7169203331';
const ada = { sub: 'ada', roles: ['AWE_ADMIN'] };

let directory: string;
let database: FreshDatabase;
let collector: Collector;
let receiver: Receiver;
let service: ServiceProcess;
const resolverAsked: IncomingHttpHeaders[] = [];
const resolver = createServer((request, response) => {
  resolverAsked.push(request.headers);
  response.end('{"user_ids":["bob"]}');
});

/** One create within a trace of the caller's, with a look-up and a callback; then the service stops, and sends what it has. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'awe-tracing-'));
  database = await freshDatabase();
  collector = await startCollector();
  receiver = await startReceiver(SECRET, () => {});
  await new Promise<void>((resolve) => resolver.listen(0, '127.0.0.1', resolve));
  service = startProcess(directory, {
    DATABASE_URL: database.url,
    AWE__SECRETS__DEFAULT_CALLBACK_SECRET: SECRET,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
  });
  const url = await service.up;
  const asks = {
    rule_type: 'http',
    rule_value: { url: `http://127.0.0.1:${(resolver.address() as AddressInfo).port}/people?key=hunter2` },
  };
  const { call } = createCaller(url);
  await call(ada, 'POST', '/policies', policyOf('asking', [{ rules: [asks] }]));
  await call(ada, 'POST', '/policies/asking/versions/1/activate');
  const created = await fetch(`${url}/v1/awe/requests`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${tokenOf({ sub: 'registry' })}`,
      'content-type': 'application/json',
      traceparent: `00-${TRACE}-${CALLER_SPAN}-01`,
      'x-request-id': 'call-7',
    },
    body: JSON.stringify({
      policy_key: 'asking',
      artifact_type: 't',
      artifact_id: 'a-1',
      callback_url: `${receiver.url}?key=hunter2`,
    }),
  });
  expect(created.status).toBe(201);
  await receiver.expect((each) => each.event_type === 'stage_started');
  const probe = await fetch(`${url}/v1/awe/health`);
  expect(probe.status).toBe(200);
  service.process.kill('SIGTERM');
  expect(await service.ended).toMatchObject({ code: 0 });
});
afterAll(async () => {
  collector.close();
  receiver.close();
  resolver.closeAllConnections();
  resolver.close();
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

const ofTrace = () => collector.spans.filter((span) => span.traceId === TRACE);
function only(name: string): CollectedSpan {
  const found = ofTrace().filter((span) => span.name === name);
  expect(found).toHaveLength(1);
  return found[0]!;
}

describe('a call, when a collector is configured', () => {
  it('is a span below its caller’s', () => {
    const call = only('POST /v1/awe/requests');
    expect(call.parentSpanId).toBe(CALLER_SPAN);
    expect(call.attributes).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/v1/awe/requests',
      'http.response.status_code': 201,
      'awe.operation': 'createRequest',
      'awe.call_id': 'call-7',
    });
    expect(call.isError).toBe(false);
  });

  it('holds what was done for it: the decision with its look-up, and the commit', () => {
    const call = only('POST /v1/awe/requests');
    const decide = only('decide');
    expect(decide.parentSpanId).toBe(call.spanId);
    expect(only('commit').parentSpanId).toBe(call.spanId);
    const lookup = only('lookup');
    expect(lookup.parentSpanId).toBe(decide.spanId);
    expect(lookup.attributes).toMatchObject({ 'awe.rule_type': 'http' });
  });

  it('is named to the resolver that is asked for it', () => {
    expect(resolverAsked.map((each) => each.traceparent)).toEqual([
      `00-${TRACE}-${only('lookup').spanId}-01`,
    ]);
    expect(resolverAsked.map((each) => each['x-request-id'])).toEqual(['call-7']);
  });

  it('is named to the receiver of its callbacks, whose signatures hold', async () => {
    const call = only('POST /v1/awe/requests');
    const attempts = ofTrace().filter((span) => span.name === 'deliver webhook');
    expect(attempts).toHaveLength(2);
    for (const event_type of ['request_created', 'stage_started']) {
      const { genuine, event_id, raw } = await receiver.expect((each) => each.event_type === event_type);
      const attempt = attempts.find((span) => span.attributes['awe.event_id'] === event_id);
      expect(genuine).toBe(true);
      expect(attempt?.parentSpanId).toBe(call.spanId);
      expect(attempt?.attributes).toMatchObject({
        'http.response.status_code': 204,
        'server.address': '127.0.0.1',
      });
      expect(raw.headers.traceparent).toBe(`00-${TRACE}-${attempt?.spanId}-01`);
    }
  });

  it('shows nobody’s data: no query, no token, no body', () => {
    expect(JSON.stringify(collector.spans)).not.toMatch(/hunter2|eyJ|whsec_/);
  });
});

describe('the service', () => {
  it('says what it is', () => {
    expect(collector.resource()).toMatchObject({
      'service.name': 'awe',
      'service.version': expect.stringMatching(/^\d/),
      'deployment.environment.name': 'test',
    });
  });

  it('traces no probes', () => {
    expect(collector.spans.filter((span) => span.name.includes('health'))).toEqual([]);
  });

  it('loads OpenTelemetry when a collector is configured, and not otherwise', async () => {
    const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' };
    expect(loadedWith({})).toEqual([]);
    expect(loadedWith(collector)).toContain('@opentelemetry/sdk-trace');
    const build = { service_version: '0', build_time: 'unknown', git_commit: 'unknown' };
    for (const off of [{ OTEL_SDK_DISABLED: 'true' }, { OTEL_TRACES_EXPORTER: 'none' }]) {
      const env = { ...collector, ...off };
      expect(await openTracing({ env, build, log: createLog('test', 'silent') })).toBe(NO_TRACING);
    }
  });
});

/** What of OpenTelemetry a process loads that knows the whole service and opens its tracing. */
function loadedWith(env: Record<string, string>): string[] {
  const watch = `
    import { registerHooks } from 'node:module';
    registerHooks({
      resolve(specifier, context, next) {
        if (specifier.startsWith('@opentelemetry/')) console.log(specifier);
        return next(specifier, context);
      },
    });`;
  const open = `
    import '@awe/server/service';
    import { openTracing } from '@awe/server/tracing/tracing';
    const tracing = await openTracing({ env: process.env, build: { service_version: '0' }, log: console });
    await tracing.stop();`;
  const watching = `data:text/javascript,${encodeURIComponent(watch)}`;
  const args = ['--import', watching, '--input-type=module', '--eval', open];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  // Of the interface alone prom-client would have a use, and loads it.
  return stdout.split('\n').filter((each) => each !== '' && each !== '@opentelemetry/api');
}
