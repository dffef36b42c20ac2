export type Person = { id: string; name: string; office: string };

/** Who can sign in during development. AWE knows them by the same ids: they are what the policy names. */
export const PEOPLE: readonly Person[] = [
  { id: 'clara', name: 'Clara Novak', office: 'Front desk' },
  { id: 'olga', name: 'Olga Petrenko', office: 'District officer' },
  { id: 'omar', name: 'Omar Haddad', office: 'District officer' },
  { id: 'rita', name: 'Rita Lindqvist', office: 'Registrar' },
];

export function findPerson(id: string): Person | null {
  return PEOPLE.find((person) => person.id === id) ?? null;
}

/** For people whom only AWE knows, a delegate say, the id has to do. */
export function nameOf(id: string): string {
  return findPerson(id)?.name ?? id;
}
