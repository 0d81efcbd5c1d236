/**
 * How texts of forms are drawn: Markdown in which HTML is text and an image is its name. What a stranger wrote stands in them
 * too, and is read as it was written: nothing of it is left out, and nothing is fetched because somebody looks at it.
 */
import { Marked } from 'marked';

const MARKS: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};
const asText = (text: string): string => text.replace(/[&<>"']/g, (mark) => MARKS[mark] ?? mark);

const marked = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    html: ({ text }) => asText(text).replaceAll('\n', '<br>'),
    image: ({ text, href }) => asText(text || href),
  },
});

/** Takes the place of form-js's renderer. */
export const plainMarkdown = {
  markdownRenderer: [
    'value',
    { render: (text: string): string => marked.parse(text, { async: false }) },
  ],
};
