import type { PortalState } from './portal.ts';

/** Seconds between two looks at whether the build is done. */
export const LOOK_AGAIN_SECONDS = 1;

const NOTICES: Readonly<Record<Exclude<PortalState, 'built'>, { title: string; text: string }>> = {
  building: {
    title: 'The portal is being built',
    text: 'This happens once after an update and takes a few seconds. The page opens by itself; the API answers already.',
  },
  failed: {
    title: 'The portal could not be built',
    text: 'The API works without it. The service’s log says what went wrong; correct that and start the service again.',
  },
  missing: {
    title: 'The portal is not installed here',
    text: 'The API works without it. Start the service from a checkout with npm start, which builds the portal, or use a release that contains it.',
  },
};

/** What is shown in the place of the portal; while it is being built, the page looks again by itself. */
export function noticePage(state: Exclude<PortalState, 'built'>): string {
  const { title, text } = NOTICES[state];
  const refresh = state === 'building' ? `<meta http-equiv="refresh" content="${LOOK_AGAIN_SECONDS}">` : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
${refresh}
<title>${title} · AWE</title>
<style>
  body { display: grid; place-content: center; min-height: 100vh; margin: 0; padding: 2rem; box-sizing: border-box;
    font: 1rem/1.6 system-ui, sans-serif; background: light-dark(#f6f4ef, #191820); color: light-dark(#2a2833, #e9e7ef); }
  main { max-width: 34rem; }
  h1 { font-size: 1.6rem; letter-spacing: -0.02em; }
  a { color: light-dark(#4a3d9e, #b9affa); }
</style>
</head>
<body><main><h1>${title}</h1><p>${text}</p><p><a href="/v1/awe/docs">The API’s documentation</a></p></main></body>
</html>
`;
}
