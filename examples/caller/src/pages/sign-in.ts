import { PEOPLE } from '../identity/people.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

export function signInPage(to: string): Html {
  return layout(
    'Who are you?',
    'sign-in',
    null,
    html`<p class="lead">In development nobody is asked for a password. Choose somebody, and do their part.</p>
<form method="post" action="/sign-in">
<input type="hidden" name="to" value="${to}">
<ul class="seats">${PEOPLE.map(
      ({ id, name, office }) => html`
<li><button class="seat" name="person" value="${id}"><strong>${name}</strong><small>${office}</small></button></li>`,
    )}
</ul>
</form>`,
  );
}
