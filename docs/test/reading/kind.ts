import { EXCEPTIONS } from '../exceptions.ts';
import type { Block } from './block.ts';

/** How a block is held. Those of {@link PLAYED} are played in the order of their page, the others are looked at one by one. */
export type Kind =
  | { kind: 'command' }
  | { kind: 'sql'; role: string | null }
  | { kind: 'saved'; file: string }
  | { kind: 'output' }
  | { kind: 'copy'; file: string }
  | { kind: 'call'; operation: string; part: 'body' | 'answer' }
  | { kind: 'answered'; shape: 'event' | 'error' | 'invalid' }
  | { kind: 'policy' }
  | { kind: 'settings' }
  | { kind: 'pipeline' }
  | { kind: 'log' }
  | { kind: 'scraping' }
  | { kind: 'drawing' }
  | { kind: 'exception'; name: string };

/** What needs the page's shell, files, or database. */
export const PLAYED: ReadonlySet<Kind['kind']> = new Set(['command', 'sql', 'saved', 'output', 'pipeline']);

const SHAPES = ['event', 'error', 'invalid'] as const;
const COMMANDS = new Set(['bash', 'sh']);
const PROGRAMS = new Set(['ts', 'js', 'python', 'java', 'json', 'yaml', 'text']);

/** What a block claims to be, or null: then nobody knows how to check it. */
export function kindOf(block: Block): Kind | null {
  const { language, marks } = block;
  const given = (name: string) => marks.get(name) ?? '';
  if (block.page in EXCEPTIONS) return { kind: 'exception', name: block.page };
  if (marks.has('exception')) return { kind: 'exception', name: given('exception') };
  if (COMMANDS.has(language)) return { kind: 'command' };
  if (language === 'sql') return { kind: 'sql', role: marks.get('role') ?? null };
  if (marks.has('file')) return { kind: 'copy', file: given('file') };
  if (PROGRAMS.has(language) && marks.has('save')) return { kind: 'saved', file: given('save') };
  if (language === 'text' || language === 'json') {
    if (marks.has('output')) return { kind: 'output' };
  }
  if (language === 'text' && (marks.has('drawing') || marks.has('formula'))) return { kind: 'drawing' };
  if (language === 'json' || language === 'yaml') return dataKind(block);
  return null;
}

function dataKind({ language, marks, text }: Block): Kind | null {
  const body = marks.get('body');
  if (body !== undefined) return { kind: 'call', operation: body, part: 'body' };
  const answer = marks.get('answer');
  if (answer !== undefined) return { kind: 'call', operation: answer, part: 'answer' };
  const shape = SHAPES.find((name) => marks.has(name));
  if (shape !== undefined) return { kind: 'answered', shape };
  if (marks.has('log')) return { kind: 'log' };
  if (marks.has('policy')) return { kind: 'policy' };
  if (marks.has('pipeline')) return { kind: 'pipeline' };
  if (marks.has('prometheus')) return { kind: 'scraping' };
  if (language === 'yaml' && /^awe:/m.test(text)) return { kind: 'settings' };
  return null;
}
