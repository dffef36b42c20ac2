import { readFileSync } from 'node:fs';
import { openApiDocument } from '@awe/contract/openapi';
import { afterAll, describe, expect, it } from 'vitest';
import { standIn } from './stand-in.ts';

const { app } = standIn();
afterAll(() => app.close());

const text = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const { version } = JSON.parse(text('../../package.json'));

describe('the document', () => {
  it('is served as the contract writes it', async () => {
    const response = await app.inject('/v1/awe/openapi.json');
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.json()).toEqual(JSON.parse(JSON.stringify(openApiDocument('0.1.0'))));
  });

  it('stands in the repository as it is served; `npm run openapi` writes it', async () => {
    const { app: current } = standIn(({ version: build }) => ({
      version: { ...build, service_version: version },
    }));
    expect(
      (await current.inject('/v1/awe/openapi.json')).body === text('../../../../docs/openapi.json'),
    ).toBe(true);
    await current.close();
  });

  it('is what the interactive page shows', async () => {
    const [shown, served] = [await app.inject('/v1/awe/docs/json'), await app.inject('/v1/awe/openapi.json')];
    expect(shown.json()).toEqual(served.json());
  });
});

describe.each(['/v1/awe/docs', '/v1/awe/redoc'])('the page %s', (path) => {
  it('loads everything from this server, and is told to load nothing else', async () => {
    const page = await app.inject(path);
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'self'; script-src 'self';/);
    expect(page.headers['content-security-policy']).not.toMatch(/https?:|\*|unsafe-eval/);

    const assets = [...page.body.matchAll(/(?:src|href|spec-url)="([^"]+)"/g)].map(([, asset]) =>
      String(asset),
    );
    expect(assets.length).toBeGreaterThan(1);
    for (const asset of assets) {
      const url = new URL(asset, `http://awe.example${path}`);
      expect(url.origin).toBe('http://awe.example');
      expect([asset, (await app.inject(url.pathname)).statusCode]).toEqual([asset, 200]);
    }
  });
});

describe('the interactive page', () => {
  it('asks no validator elsewhere', async () => {
    const script = await app.inject('/v1/awe/docs/static/swagger-initializer.js');
    expect(script.body).toContain('"validatorUrl":null');
    expect(script.body).toContain("url: resolveUrl('./json')");
  });
});
