/** The word under which this page may add styles: told by the page itself, other in each answer. */
export function nonce(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  return meta?.nonce ?? '';
}

/**
 * Lets the styles in that parts of others make while they run (editors, menus): each knows the word by another way, or by
 * none. What is written into the page as text still has no word. Class: side effect.
 */
export function letStylesIn(): void {
  const create = document.createElement.bind(document) as (
    name: string,
    options?: ElementCreationOptions,
  ) => HTMLElement;
  const word = nonce();
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const made = create(name, options);
    if (made instanceof HTMLStyleElement) made.nonce = word;
    return made;
  }) as typeof document.createElement;
}
