/** What all pages share. Class: pure. */
import { escaped } from '../../contracts/html-text.js';
import type { Locale } from './locale.js';

export { escaped };

/** A whole page. `body` is HTML already. */
export function page(locale: Locale, title: string, body: string): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="/assets/link.css">
<script src="/assets/link.js" defer></script>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${body}
</main>
</body>
</html>
`;
}
