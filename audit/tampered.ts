/** How a check tells what is not as it was signed. Class: pure. */

/** Findings that are told one by one after the first. */
const SHOWN = 4;

/** The first finding, some of the others, and how many are left. None: no line. */
export function tamperedLines(
  findings: readonly { readonly what: string; readonly why: string }[],
): readonly string[] {
  const [first, ...others] = findings;
  if (!first) return [];
  const more = others.slice(0, SHOWN).map(({ what, why }) => `  also: ${what}: ${why}`);
  const rest = others.length - more.length;
  return [
    `TAMPERED: ${first.what}: ${first.why}`,
    ...more,
    ...(rest > 0 ? [`  and ${rest} more, which may follow from these`] : []),
  ];
}
