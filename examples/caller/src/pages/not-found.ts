import type { Session } from '../identity/sessions.ts';
import type { Answer } from '../identity/visit.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';

export function notFound(what: 'parcel' | 'change', session: Session): Answer {
  const page = layout(
    `No such ${what}`,
    what === 'parcel' ? 'parcels' : 'changes',
    session,
    html`<p class="lead">The register has no such ${what}. <a href="/">To the parcels</a></p>`,
  );
  return { status: 404, page };
}
