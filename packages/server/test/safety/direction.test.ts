import { describe, expect, it } from 'vitest';
import { type SourceFile, sourceFiles } from './source-files.ts';

/** For each layer, the imports that would point the wrong way. */
const FORBIDDEN: { where: string; may: string; never: RegExp; except?: RegExp }[] = [
  {
    where: 'packages/engine/src/**/*.ts',
    may: 'import only itself',
    never: /^(?!packages\/engine\/src\/)/,
  },
  {
    where: 'packages/contract/src/**/*.ts',
    may: 'import itself, the engine and typebox',
    never: /^(?!packages\/contract\/src\/|@awe\/engine\/|typebox)/,
  },
  {
    where: 'packages/wording/src/**/*.ts',
    may: 'import only itself, the contract and the engine',
    never: /^(?!packages\/wording\/src\/|@awe\/(contract|engine)\/)/,
  },
  {
    where: 'packages/client/src/**/*.ts',
    may: 'import only itself and openapi-fetch, for it is published alone',
    never: /^(?!packages\/client\/src\/|openapi-fetch$)/,
  },
  {
    where: 'packages/cli/src/**/*.ts',
    may: 'not know the portal',
    never: /^(packages\/portal\/|@awe\/portal)/,
  },
  {
    where: 'examples/*/**/*.ts',
    may: 'know the service only by its client',
    never: /^(packages\/|@awe\/(?!client))/,
    except: /\/test\//,
  },
  {
    where: 'packages/portal/{src,build}/**/*.{ts,tsx}',
    may: 'know the contract, the engine and their wording, and the service only by its API',
    never: /^(packages\/(?!portal\/)|@awe\/(?!contract\/|engine\/|wording\/))/,
  },
  {
    where: 'packages/{engine,contract,wording,client,server}/src/**/*.ts',
    may: 'not know the portal, which the service only serves',
    never: /^(packages\/portal\/|@awe\/portal|react|vite)/,
  },
  {
    where: 'packages/portal/src/**/*.{ts,tsx}',
    may: 'take nothing but types and plain lists of words from the contract, whose schemas are many times a page',
    never: /^(typebox|@awe\/contract\/(operations|openapi|examples|components).*)$/,
  },
  {
    where: 'packages/server/src/**/*.ts',
    may: 'speak SQL only in the ledger and beside the embedded database',
    never: /^(pg|kysely)$/,
    except: /src\/(ledger|embedded)\//,
  },
  {
    where: 'packages/server/src/**/*.ts',
    may: 'open connections to others only in outbound',
    never: /^(undici|node:http|node:https|node:net|node:tls)$/,
    except: /src\/(outbound|embedded|http)\//,
  },
  {
    where: 'packages/server/src/ledger/**/*.ts',
    may: 'not know the use cases or the wire',
    never: /^packages\/server\/src\/(http|approvals|policies|webhooks|deadlines|identity|directory)\//,
  },
  {
    where: 'packages/server/src/{approvals,policies,webhooks,deadlines,directory,identity}/**/*.ts',
    may: 'not know HTTP operations',
    never: /^(packages\/server\/src\/http\/|fastify)/,
  },
];

describe('arrows point one way', () => {
  for (const { where, may, never, except } of FORBIDDEN) {
    it(`${where} may ${may}`, () => {
      const files = sourceFiles(where);
      expect(files.length).toBeGreaterThan(0);
      const wrong = files
        .filter((file) => !except?.test(file.path))
        .flatMap((file) => wrongImports(file, never));
      expect(wrong).toEqual([]);
    });
  }
});

/** Inside the server a type may be named across a wall, because it vanishes at run time; between packages not even that. */
function wrongImports({ path, text, imports }: SourceFile, never: RegExp): string[] {
  return imports
    .filter((each) => never.test(each))
    .filter(
      (each) =>
        !/^packages\/(server|portal)\//.test(path) ||
        !new RegExp(`import type [^;]+ from '[^']*${each.split('/').at(-1)}'`).test(text),
    )
    .map((each) => `${path} imports ${each}`);
}
