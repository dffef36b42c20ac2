import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { pagePolicy } from './content-policy.ts';
import { openApiText } from './openapi-text.ts';
import { policySchemaText } from './policy-schema-text.ts';
import { REDOC_CSP, REDOC_PAGE, REDOC_SCRIPT } from './redoc-page.ts';
import { DOCS_PATH, OPENAPI_PATH, POLICY_SCHEMA_PATH, REDOC_PATH } from './served-paths.ts';

/** The OpenAPI document and two ways to look at it, and the schema of policy files; all of them without the internet. */
export function serveDocs(app: FastifyInstance, version: string): void {
  const text = openApiText(version);
  app.get(OPENAPI_PATH, (_, reply) => reply.type('application/json; charset=utf-8').send(text));
  const policySchema = policySchemaText();
  app.get(POLICY_SCHEMA_PATH, (_, reply) =>
    reply.type('application/schema+json; charset=utf-8').send(policySchema),
  );

  app.register(fastifySwagger, { mode: 'static', specification: { document: JSON.parse(text) } });
  app.register(fastifySwaggerUi, {
    routePrefix: DOCS_PATH,
    staticCSP: pagePolicy(),
    // The bar holds the framework's logo and a box for other addresses, which the policy above would refuse.
    theme: {
      title: 'OpenG2P Approval Workflow Engine: API',
      css: [{ filename: 'awe.css', content: '.swagger-ui .topbar { display: none; }' }],
    },
    uiConfig: { validatorUrl: null, deepLinking: true, persistAuthorization: false },
  });

  app.register(async (scope) => {
    const bundles = dirname(createRequire(import.meta.url).resolve(`redoc/bundles/${REDOC_SCRIPT}`));
    await scope.register(fastifyStatic, { root: bundles, serve: false });
    scope.get(REDOC_PATH, (_, reply) =>
      reply.type('text/html; charset=utf-8').header('content-security-policy', REDOC_CSP).send(REDOC_PAGE),
    );
    scope.get(`${REDOC_PATH}/${REDOC_SCRIPT}`, (_, reply) => reply.sendFile(REDOC_SCRIPT));
  });
}
