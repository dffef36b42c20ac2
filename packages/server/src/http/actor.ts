import type { Actor } from '@awe/engine/command';
import type { Principal } from '../identity/principal.ts';

/** Who acts, as the engine asks for it. */
export function actorOf(caller: Principal): Actor {
  return { id: caller.subject, isAdmin: caller.isAdmin };
}
