import type { Register } from './open.ts';

export type Parcel = {
  id: string;
  place: string;
  owner: string;
  /** The change that is under way, if there is one: no parcel has two. */
  open_change: string | null;
};

/** One owner after the other. `change` put them there. */
export type Title = { owner: string; since: string; change: string };

const PARCEL = `
  select parcel.*, change.id as open_change
    from parcel left join change on change.parcel = parcel.id and change.state in ('proposed', 'in_approval')`;

export function listParcels(register: Register): Parcel[] {
  return register.prepare(`${PARCEL} order by parcel.id`).all() as Parcel[];
}

export function findParcel(register: Register, id: string): Parcel | null {
  return (register.prepare(`${PARCEL} where parcel.id = ?`).get(id) as Parcel | undefined) ?? null;
}

/** The changes of owner that were entered, the last one first. */
export function titlesOf(register: Register, parcel: string): Title[] {
  const titles = register.prepare(
    'select owner, since, change from title where parcel = ? order by since desc',
  );
  return titles.all(parcel) as Title[];
}

/** Only ever within the transaction that ends the change. */
export function enterTitle(register: Register, entry: Title & { parcel: string }): void {
  const { parcel, owner, since, change } = entry;
  register.prepare('update parcel set owner = ? where id = ?').run(owner, parcel);
  register
    .prepare('insert into title (parcel, owner, since, change) values (?, ?, ?, ?)')
    .run(parcel, owner, since, change);
}
