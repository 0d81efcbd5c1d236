/** Texts in HTML. Class: pure. */

const SPECIAL: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as HTML holds it. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => SPECIAL[letter] ?? letter);
}
