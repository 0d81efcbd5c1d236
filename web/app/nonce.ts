/** The word under which this page may add styles: told by the page itself, other in each answer. */
export function nonce(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  return meta?.nonce ?? '';
}
