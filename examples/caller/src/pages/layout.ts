import type { Session } from '../identity/sessions.ts';
import { type Html, html } from './html.ts';

type Place = 'parcels' | 'changes' | 'inbox' | 'sign-in';

const NAVIGATION = [
  { place: 'parcels', href: '/', name: 'Parcels' },
  { place: 'changes', href: '/changes', name: 'Changes' },
  { place: 'inbox', href: '/inbox', name: 'Inbox' },
] as const;

/** A whole page. */
export function layout(title: string, place: Place, session: Session | null, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Land register</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/page.css">
<link rel="stylesheet" href="/assets/parts.css">
</head>
<body>
<a class="skip" href="#content">To the content</a>
<header>
<div class="bar">
<a class="name" href="/"><span class="mark" aria-hidden="true"></span>Land register</a>
${
  session &&
  html`<nav aria-label="Pages">${NAVIGATION.map((each) => link(each, place))}</nav>
${who(session)}`
}
</div>
</header>
<main id="content">
<h1>${title}</h1>
${content}
</main>
<footer>An example of a caller of AWE. People sign in by saying who they are: for development only.</footer>
</body>
</html>
`;
}

function link({ place, href, name }: (typeof NAVIGATION)[number], here: Place): Html {
  return place === here
    ? html`<a href="${href}" aria-current="page">${name}</a>`
    : html`<a href="${href}">${name}</a>`;
}

function who(session: Session): Html {
  const { person } = session;
  return html`<form class="who" method="post" action="/sign-out">
${formToken(session)}
<span><strong>${person.name}</strong> <small>${person.office}</small></span>
<button class="quiet">Switch</button>
</form>`;
}

/** Belongs into every form: without it a form is refused. */
export function formToken({ formToken }: Session): Html {
  return html`<input type="hidden" name="form_token" value="${formToken}">`;
}
