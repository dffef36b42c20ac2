import type { Operation } from '@awe/contract/operation';

/** Something that an answer told of: texts by name, such as `id`, `status`, `assignee`. */
export type Thing = Readonly<Record<string, string>>;
export type Kind =
  | 'policy'
  | 'request'
  | 'task'
  | 'delegation'
  | 'delivery'
  | 'incident'
  | 'secret'
  | 'cursor';

/** More would only make older things, which are over and done with, as likely as new ones. */
const KEPT = 60;
/** Stands for a thing when none is known yet. */
const NOTHING: Thing = {
  id: '01970000-0000-7000-8000-000000000000',
  key: 'nothing-yet',
  version: '1',
  assignee: 'ann',
  request: '01970000-0000-7000-8000-000000000000',
};

export type Memory = {
  /** The thing that `pick` counts back to from the latest, among those in the state wanted while there are some. */
  thing: (kind: Kind, pick: number, wanted: string | null) => Thing | null;
  /** What `thing` gives for the same is of no use any more. */
  over: (kind: Kind, pick: number, wanted: string | null) => void;
  /** Keeps what a success told. */
  learn: (operation: Operation, path: string, body: unknown, link: string | undefined) => void;
  /** `{{kind.name}}`, `{{fresh}}` and the texts given to `createMemory` filled in. */
  filled: (
    template: string,
    of: { pick: number; wanted: string | null },
    written: (text: string) => string,
  ) => string;
};

type Row = Readonly<Record<string, unknown>>;

/** `texts` are what `{{name}}` stands for without a dot. */
export function createMemory(texts: Readonly<Record<string, string>>): Memory {
  const pools = new Map<Kind, Map<string, Thing>>();
  let made = 0;

  const keep = (kind: Kind, id: string, thing: Thing) => {
    const pool = pools.get(kind) ?? new Map<string, Thing>();
    pools.set(kind, pool);
    const known = pool.get(id);
    pool.delete(id);
    pool.set(id, { ...known, ...thing });
    const oldest = pool.keys().next().value;
    if (pool.size > KEPT && oldest !== undefined) pool.delete(oldest);
  };
  const text = (value: unknown) =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';

  const keepers: Readonly<Record<string, (row: Row) => void>> = {
    PolicyOut: (row) => keepPolicy(row),
    PolicyVersionOut: (row) => keepPolicy(row),
    RequestOut: (row) => keep('request', text(row.id), { id: text(row.id), status: text(row.status) }),
    CreateRequestOut: (row) => {
      keep('request', text(row.request_id), { id: text(row.request_id), status: text(row.status) });
      for (const task of row.tasks as Row[]) keepTask(task);
    },
    TaskOut: (row) => keepTask(row),
    DecisionOut: (row) => keep('task', text(row.task_id), { id: text(row.task_id), status: 'completed' }),
    DelegationOut: (row) => keep('delegation', text(row.id), { id: text(row.id) }),
    SecretOut: (row) => keepSecret(row),
    SecretValueOut: (row) => keepSecret(row),
    IncidentOut: (row) => keep('incident', text(row.id), { id: text(row.id), status: text(row.kind) }),
    DeliveryOut: (row) => keep('delivery', text(row.id), { id: text(row.id), status: text(row.status) }),
  };

  function keepTask(row: Row): void {
    const { id, assignee, status, request_id } = row;
    keep('task', text(id), {
      id: text(id),
      assignee: text(assignee),
      status: text(status),
      request: text(request_id),
    });
  }

  function keepSecret(row: Row): void {
    keep('secret', text(row.id), { id: text(row.id), status: row.name === 'default' ? 'default' : 'made' });
  }

  function keepPolicy(row: Row): void {
    const key = text(row.policy_key);
    const status = text(row.status);
    if (status === 'active') {
      for (const [id, other] of pools.get('policy') ?? []) {
        if (other.key === key && other.status === 'active')
          pools.get('policy')?.set(id, { ...other, status: 'archived' });
      }
    }
    keep('policy', `${key}/${row.version}`, { key, version: text(row.version), status });
  }

  const entry = (kind: Kind, pick: number, wanted: string | null) => {
    const all = [...(pools.get(kind) ?? [])].reverse();
    const fitting = wanted === null ? all : all.filter(([, each]) => each.status === wanted);
    const among = fitting.length > 0 ? fitting : all;
    return among[pick % Math.max(among.length, 1)] ?? null;
  };
  const thing: Memory['thing'] = (...which) => entry(...which)?.[1] ?? null;

  return {
    thing,
    over: (kind, pick, wanted) => {
      const [id, known] = entry(kind, pick, wanted) ?? [];
      if (id !== undefined) pools.get(kind)?.set(id, { ...known, status: 'over' });
    },
    learn: (operation, path, body, link) => {
      const cursor = /[?&]cursor=([^>&]+)/.exec(link ?? '')?.[1];
      if (cursor !== undefined)
        keep('cursor', operation.path, { id: decodeURIComponent(cursor), status: operation.path });
      if (operation.method === 'delete')
        for (const kind of ['delegation', 'secret'] as const)
          pools.get(kind)?.delete(path.split('/').at(-1) ?? '');
      const { schema } = operation.success;
      const shown = schema as { title?: string; items?: { title?: string } } | null;
      const keeper = keepers[shown?.title ?? shown?.items?.title ?? ''];
      if (keeper)
        for (const row of (Array.isArray(body) ? body.slice(0, 10).reverse() : [body]) as Row[]) keeper(row);
    },
    filled: (template, { pick, wanted }, written) =>
      template.replaceAll(/\{\{(\w+)(?:\.(\w+))?\}\}/g, (whole, name: string, field?: string) => {
        if (name === 'fresh') {
          made += 1;
          return written(String(made));
        }
        if (field === undefined) return written(texts[name] ?? whole);
        const found = thing(name as Kind, pick, wanted) ?? NOTHING;
        return written(found[field] ?? NOTHING[field] ?? '');
      }),
  };
}
