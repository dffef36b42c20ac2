import type { Cluster } from './cluster.ts';
import type { IdentityProvider } from './identity-provider.ts';

/** What every scenario stands on. */
export type Setting = {
  cluster: Cluster;
  identity: IdentityProvider;
  /** Null when this machine has no pgbench: then there is no floor to compare with. */
  pgbench: string | null;
  /** Callers of each load, and connections of its floor. */
  callers: number;
  /** Seconds of each measured load. */
  seconds: number;
  /** How often service and floor take turns. */
  rounds: number;
  quick: boolean;
  /** What several scenarios share is closed when the last of them is done, the newest first. */
  atEnd: (() => Promise<void>)[];
};
