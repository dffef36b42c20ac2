import type { Doer } from '../audit/admin.ts';
import type { Principal } from '../identity/principal.ts';

/** Who acts, as the engine and the audit log ask for it. */
export function actorOf(caller: Principal): Doer {
  return { id: caller.subject, email: caller.email, isAdmin: caller.isAdmin };
}
