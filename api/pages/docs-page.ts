/** The page that shows the document of the API: English, as programs and their writers are. */

/** Without anything inline: the page lives under the policy of all others. */
export const DOCS_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Jornada API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/docs.css">
<script src="/docs/swagger-ui-bundle.js" defer></script>
<script src="/docs/docs.js" defer></script>
</head>
<body>
<noscript><p>This page needs a script. The document itself is <a href="/openapi.json">openapi.json</a>.</p></noscript>
<main id="docs"></main>
</body>
</html>
`;

/** As wide as it reads well; nothing else is changed. */
export const DOCS_STYLE = `:root { color-scheme: light dark; }
body { margin: 0; }
noscript { display: block; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif; }
.swagger-ui .wrapper { max-width: 75rem; }
.swagger-ui .info { margin: 2rem 0 1rem; }
.swagger-ui .opblock-summary-path { overflow-wrap: anywhere; }
.swagger-ui :focus-visible { outline: 3px solid #1f4fbf; outline-offset: 2px; }
@media (max-width: 40rem) { .swagger-ui .opblock-summary-description { flex-basis: 100%; } }
`;

/** Whoever is signed in tries routes out in their own session, for which requests need the token of the page. */
export const DOCS_SCRIPT = `const tokenOf = async () => {
  const answer = await fetch('/api/v1/me');
  return answer.ok ? (await answer.json()).csrfToken : null;
};
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  filter: true,
  tagsSorter: 'alpha',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  validatorUrl: null,
  requestInterceptor: async (request) => {
    const isShown = Object.keys(request.headers).some((name) => name.toLowerCase() === 'authorization');
    if (!['GET', 'HEAD'].includes((request.method ?? 'GET').toUpperCase()) && !isShown) {
      const token = await tokenOf();
      if (token) request.headers['X-CSRF-Token'] = token;
    }
    return request;
  },
});
`;
