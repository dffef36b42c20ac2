import { Value } from 'typebox/value';
import { Settings } from './settings.ts';

/** The settings schema as data to walk: a section has `properties`, everything else is one setting. */
export type SettingNode = {
  type?: string;
  properties?: Record<string, SettingNode>;
  anyOf?: SettingNode[];
  description?: string;
  default?: unknown;
  expects?: string;
  secret?: boolean;
};

export const SETTING_TREE = Settings as SettingNode;

export type NamedNode = { key: string; node: SettingNode };

const NODES = nodesBelow(SETTING_TREE, []);

/** All dotted keys, sections included: what a misspelt key is compared with. */
export const KNOWN_KEYS: readonly string[] = NODES.map(({ key }) => key);

/** All settings by their dotted keys, without sections, in the order of the schema. */
export const SETTINGS: readonly NamedNode[] = NODES.filter(({ node }) => !node.properties);

/** The environment variable that sets the setting of this dotted key. */
export function variableOf(key: string): string {
  return `AWE__${key.toUpperCase().replaceAll('.', '__')}`;
}

function nodesBelow(node: SettingNode, path: readonly string[]): NamedNode[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const below = [...path, name];
    return [{ key: below.join('.'), node: child }, ...nodesBelow(child, below)];
  });
}

/** The section or setting at a path, or null for an unknown key. */
export function settingAt(path: readonly string[]): SettingNode | null {
  let node = SETTING_TREE;
  for (const name of path) {
    const child = node.properties && Object.hasOwn(node.properties, name) ? node.properties[name] : undefined;
    if (!child) return null;
    node = child;
  }
  return node;
}

/** What a setting holds (`string`, `integer`, `boolean`, `array`, …) and whether it may be absent. */
export function kindOf(node: SettingNode): { type: string; nullable: boolean } {
  const options = node.anyOf ?? [node];
  return {
    type: options.find((option) => option.type !== 'null')?.type ?? 'string',
    nullable: options.some((option) => option.type === 'null'),
  };
}

/** What is wrong with a value, or null. Never repeats a secret. */
export function settingFault(node: SettingNode, value: unknown): string | null {
  if (Value.Check(node, value)) return null;
  const item = Array.isArray(value)
    ? Value.Errors(node, value)[0]?.instancePath.match(/^\/(\d+)/)?.[1]
    : undefined;
  const place = item === undefined ? '' : ` (item ${Number(item) + 1} is not)`;
  const shown = node.secret ? 'the value (kept out of this message)' : shorten(JSON.stringify(value));
  return `${shown} is not ${node.expects ?? 'a good value'}${place}`;
}

function shorten(json: string | undefined): string {
  // A URL may be wrong precisely because it carries credentials.
  const whole = (json ?? 'undefined').replace(/\/\/[^/@"]*@/g, '//…@');
  return whole.length > 80 ? `${whole.slice(0, 80)}…` : whole;
}
