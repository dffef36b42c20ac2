import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import pg from 'pg';

/** A way to the database that can go dead: to be put between a service and its PostgreSQL. */
export type DatabaseLink = {
  /** The same database by this way. */
  url: string;
  /** Swallows every byte from now on, of old connections and of ones that are made meanwhile; nobody is told. */
  goSilent: () => void;
  /** Connections made from now on get through; those that were there stay dead, as after a failover. */
  comeBack: () => void;
  close: () => Promise<void>;
};

/** `databaseUrl` leads to a server or to a directory with its socket. */
export async function openDatabaseLink(databaseUrl: string): Promise<DatabaseLink> {
  const { host, port, user, password, database } = new pg.Client(databaseUrl);
  const upstream = () =>
    host.startsWith('/')
      ? connect({ path: `${host}/.s.PGSQL.${port}`, allowHalfOpen: true })
      : connect({ port, host, allowHalfOpen: true });
  const pairs: { ends: [Socket, Socket]; dead: boolean }[] = [];
  let silent = false;
  // What a silent way swallows is a goodbye too: ends are passed on by hand.
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = upstream();
    const pair: (typeof pairs)[number] = { ends: [near, far], dead: silent };
    pairs.push(pair);
    for (const [from, to] of [pair.ends, [far, near] as const]) {
      from.on('data', (chunk) => void (pair.dead || to.write(chunk)));
      from.on('end', () => void (pair.dead || to.end()));
      from.on('error', () => {});
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const who = `${encodeURIComponent(user ?? '')}${password ? `:${encodeURIComponent(password)}` : ''}`;
  const address = server.address() as AddressInfo;
  return {
    url: `postgres://${who}@127.0.0.1:${address.port}/${database}?sslmode=disable`,
    goSilent: () => {
      silent = true;
      for (const pair of pairs) pair.dead = true;
    },
    comeBack: () => {
      silent = false;
    },
    close: () =>
      new Promise((resolve) => {
        for (const { ends } of pairs) for (const end of ends) end.destroy();
        server.close(() => resolve());
      }),
  };
}
