import type { FastifyInstance } from 'fastify';
import { signedIn } from '../identity/visit.ts';
import type { Register } from '../register/open.ts';
import { listParcels, type Parcel } from '../register/parcels.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

/** Everything that is registered, and whose it is. */
export function parcelsPage(app: FastifyInstance, register: Register): void {
  app.get(
    '/',
    signedIn(register, ({ session }) => ({
      page: layout(
        'Parcels',
        'parcels',
        session,
        html`<table>
<thead><tr><th scope="col">Parcel</th><th scope="col">Place</th><th scope="col">Owner</th><th scope="col">Change</th></tr></thead>
<tbody>${listParcels(register).map(row)}
</tbody>
</table>`,
      ),
    })),
  );
}

function row({ id, place, owner, open_change }: Parcel): Html {
  const change = open_change
    ? html`<a href="/changes/${open_change}">Under way</a>`
    : html`<a href="/parcels/${id}">Propose a change</a>`;
  return html`
<tr><th scope="row"><a class="number" href="/parcels/${id}">${id}</a></th><td>${place}</td><td><strong>${owner}</strong></td><td>${change}</td></tr>`;
}
