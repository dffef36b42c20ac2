import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../safety/source-files.ts';
import { openStand, type Stand } from '../service/stand.ts';
import { type Exposition, scrape } from './exposition.ts';

type Target = { expr: string; legendFormat: string };
type Panel = { type: string; title: string; description?: string; targets?: Target[]; datasource?: object };
type Dashboard = {
  panels: Panel[];
  templating: { list: { name: string; type: string; definition?: string }[] };
};
type Rule = {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity?: string };
  annotations: { summary?: string; runbook_url?: string };
};

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const dashboard: Dashboard = JSON.parse(read('deploy/grafana/awe-dashboard.json'));
const alerts: { groups: { name: string; rules: Rule[] }[] } = parse(read('deploy/prometheus/alerts.yaml'));
const rules = alerts.groups.flatMap((group) => group.rules);
const charts = dashboard.panels.filter((panel) => panel.type !== 'row');
const shown = charts.flatMap((panel) => panel.targets?.map((target) => target.expr) ?? []);

let stand: Stand;
let exposed: Set<string>;
let fresh: Exposition;

beforeAll(async () => {
  stand = await openStand();
  fresh = await scrape(stand.services[0]?.url ?? '');
  exposed = fresh.declared;
});
afterAll(() => stand.close());

/** The metrics that an expression names, by the names they are declared under. */
function metricsIn(expression: string): string[] {
  return [...expression.matchAll(/\bawe_\w+/g)].map(([name]) =>
    exposed.has(name) ? name : name.replace(/_(bucket|sum|count)$/, ''),
  );
}

const notExposed = (expressions: string[]) =>
  expressions.flatMap(metricsIn).filter((name) => !exposed.has(name));

describe('the dashboard', () => {
  it('names only metrics that a service has', () => {
    expect(shown.length).toBeGreaterThan(40);
    expect(notExposed(shown)).toEqual([]);
    expect(notExposed(dashboard.templating.list.flatMap(({ definition }) => definition ?? []))).toEqual([]);
    // An expression without any would ask for something else's.
    expect(shown.filter((expression) => metricsIn(expression).length === 0)).toEqual([]);
  });

  it('shows every metric of ours', () => {
    const known = new Set(shown.flatMap(metricsIn));
    const ours = [...exposed].filter((name) => !/^awe_(process|nodejs)_/.test(name));
    expect(ours.filter((name) => !known.has(name))).toEqual([]);
  });

  it('asks the data source that is chosen, and says what each panel means', () => {
    expect(dashboard.templating.list[0]).toMatchObject({ name: 'datasource', type: 'datasource' });
    for (const panel of charts) {
      expect(panel.datasource).toEqual({ type: 'prometheus', uid: `\${datasource}` });
      expect(panel.description).toMatch(/\.$/);
    }
    expect(new Set(charts.map((panel) => panel.title)).size).toBe(charts.length);
  });
});

describe('the alerts', () => {
  it('name only metrics that a service has', () => {
    expect(rules.length).toBeGreaterThan(10);
    expect(notExposed(rules.map((rule) => rule.expr))).toEqual([]);
  });

  it('watch what is there before anything happens: a counter that begins at 1 has not grown', () => {
    const watched = rules.flatMap(({ expr }) => [...expr.matchAll(/(awe_\w+)\{(\w+)="(\w+)"\}/g)]);
    expect(watched.length).toBeGreaterThan(6);
    const missing = watched.filter(
      ([, metric, label = '', value]) =>
        !fresh.samples.some(({ name, labels }) => name === metric && labels[label] === value),
    );
    expect(missing.map(([selector]) => selector)).toEqual([]);
  });

  it.each(rules)('$alert waits, says how bad it is, and leads to what to do', (rule) => {
    expect(rule.for).toMatch(/^\d+m$/);
    expect(['page', 'ticket']).toContain(rule.labels.severity);
    expect(rule.annotations.summary).toMatch(/\w{3}/);
    const anchor = /^docs\/operations\.md#([a-z-]+)$/.exec(rule.annotations.runbook_url ?? '')?.[1];
    expect(anchor).toBeDefined();
    expect(existsSync(join(ROOT, 'docs/operations.md'))).toBe(true);
    expect(anchorsOf(read('docs/operations.md'))).toContain(anchor);
  });
});

/** The anchors that a page's headings have where Markdown is shown. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ +(.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
