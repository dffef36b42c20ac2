import { pagePolicy } from './content-policy.ts';

export const REDOC_SCRIPT = 'redoc.standalone.js';

/** Redoc searches in a worker made of a blob. */
export const REDOC_CSP = pagePolicy({ 'worker-src': "'self' blob:" });

const FONT = 'system-ui, sans-serif';
const THEME = {
  typography: {
    fontFamily: FONT,
    headings: { fontFamily: FONT },
    code: { fontFamily: 'ui-monospace, monospace' },
  },
};

/**
 * The reading page. Addresses are relative to it, so that it works behind a proxy that adds a prefix. Redoc's badge
 * loads a picture from its maker; the policy above forbids that, and the rule below hides the gap.
 */
export const REDOC_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>OpenG2P Approval Workflow Engine: API</title>
    <style>
      body { margin: 0; }
      img[src^="https:"] { display: none; }
    </style>
  </head>
  <body>
    <redoc spec-url="openapi.json" theme='${JSON.stringify(THEME)}'></redoc>
    <script src="redoc/${REDOC_SCRIPT}"></script>
  </body>
</html>
`;
