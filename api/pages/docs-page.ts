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

/** As wide as it reads well, with colours that are seen; the one server that there is needs no choice. */
export const DOCS_STYLE = `:root { color-scheme: light; }
:root.dark-mode { color-scheme: dark; background: #1c2022; }
body { margin: 0; }
noscript { display: block; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif; }
.swagger-ui .wrapper { max-width: 75rem; }
.swagger-ui .info { margin: 2rem 0 1rem; }
.swagger-ui .servers { display: none; }
.swagger-ui .scheme-container { padding: 1rem 0; }
.swagger-ui .opblock-summary-path { overflow-wrap: anywhere; }
.swagger-ui :focus-visible { outline: 3px solid #1f4fbf; outline-offset: 2px; }
.swagger-ui .opblock .opblock-summary-method, .swagger-ui .info .title small { background: #1f2a44 !important; color: #fff; }
.swagger-ui .info .title small pre { color: #fff; }
:root:not(.dark-mode) .swagger-ui .info a, :root:not(.dark-mode) .swagger-ui .info .url { color: #1f4fbf; }
:root:not(.dark-mode) .swagger-ui .btn.authorize { border-color: #17694a; color: #17694a; }
:root:not(.dark-mode) .swagger-ui .btn.authorize svg { fill: #17694a; }
:root.dark-mode .swagger-ui :focus-visible { outline-color: #8fb2ff; }
@media (max-width: 40rem) { .swagger-ui .opblock-summary-description { flex-basis: 100%; } }
`;

/** Whoever is signed in tries routes out in their own session, for which requests need the token of the page. */
export const DOCS_SCRIPT = `const isDark = matchMedia('(prefers-color-scheme: dark)');
const paint = () => document.documentElement.classList.toggle('dark-mode', isDark.matches);
isDark.addEventListener('change', paint);
paint();
// The choices of examples have no name of their own.
new MutationObserver(() => {
  for (const one of document.querySelectorAll('select.examples-select-element:not([aria-label])')) {
    one.setAttribute('aria-label', 'Example');
  }
}).observe(document.body, { childList: true, subtree: true });
const tokenOf = async () => {
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
