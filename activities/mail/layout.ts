/** The one HTML layout of all mails. Class: pure. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]/g;

/**
 * The HTML part of a mail.
 *
 * @param title - plain text
 * @param body - plain text; blank lines part paragraphs, addresses become links
 */
export function htmlOf(locale: string, title: string, body: string): string {
  const paragraphs = entities(body)
    .split(/\r?\n[ \t]*(?:\r?\n)+/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${linked(paragraph.trim()).replace(/\r?\n/g, '<br>')}</p>`);
  return [
    '<!doctype html>',
    `<html lang="${entities(locale)}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${entities(title)}</title></head>`,
    '<body style="margin:0 auto;max-width:36rem;padding:1.5rem;font:1rem/1.5 sans-serif">',
    ...paragraphs,
    '</body></html>',
    '',
  ].join('\n');
}

const linked = (html: string): string => html.replace(LINK, (url) => `<a href="${url}">${url}</a>`);

const entities = (text: string): string =>
  text.replace(/[&<>"]/g, (found) => ENTITIES[found] ?? '');
