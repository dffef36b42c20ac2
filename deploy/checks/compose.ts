import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './root.ts';

/** As much of deploy/compose.yaml as its rules look at. */
export type Compose = { services: Record<string, ComposeService>; volumes: Record<string, unknown> };

export type ComposeService = {
  image: string;
  build?: { context: string; dockerfile: string; args: Record<string, string> };
  restart: string;
  user?: string;
  read_only?: boolean;
  cap_drop: string[];
  security_opt: string[];
  ports?: string[];
  volumes?: string[];
  environment: Record<string, string>;
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  pids_limit: number;
  deploy: { resources: { limits: { cpus: string; memory: string } } };
};

export const composeText = readFileSync(join(ROOT, 'deploy/compose.yaml'), 'utf8');
export const compose: Compose = parse(composeText, { merge: true });

/** The variables that an .env file sets. */
export function envFile(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split('\n')
      .filter((line) => /^\w+=/.test(line))
      .map((line) => line.split(/=(.*)/s).slice(0, 2)),
  );
}

/** The variables that the file is filled in with, and what it does without: `:?` refuses, `:-` has a default. */
export function interpolated(text: string): { name: string; without: string }[] {
  return [...text.matchAll(/(?<!\$)\$\{(\w+)(:[?-])?[^}]*\}/g)].map(([, name = '', without = '']) => ({
    name,
    without,
  }));
}

/** A value of the file as Compose hands it on. */
export function filledIn(text: string, env: Record<string, string>): string {
  return text.replace(/\$\{(\w+)[^}]*\}/g, (_, name: string) => env[name] ?? '').replaceAll('$$', '$');
}
