/** The languages of the pages. Class: pure. */

/** One of them. */
export type Locale = 'en' | 'pt-BR';

/** What a browser prefers, of those that there are. Source: RFC 9110 §12.5.4. */
export function localeOf(accept: string | undefined): Locale {
  const wishes = (accept ?? '')
    .slice(0, 500)
    .split(',')
    .map((one) => {
      const [tag = '', ...more] = one.split(';');
      const weight = more
        .map((text) => /^\s*q=([01](?:\.\d{1,3})?)\s*$/.exec(text)?.[1])
        .find(Boolean);
      return { tag: tag.trim().toLowerCase(), weight: Number(weight ?? 1) };
    });
  for (const { tag, weight } of wishes.toSorted((a, b) => b.weight - a.weight)) {
    if (weight === 0) continue;
    if (/^pt(-|$)/.test(tag)) return 'pt-BR';
    if (/^en(-|$)/.test(tag)) return 'en';
  }
  return 'en';
}
