/** The page of a link by which a password is set. Class: pure. */
import { escaped, page } from './layout.js';
import type { Locale } from './locale.js';

/** One field. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  /** As of `<input>`. */
  readonly type: 'text' | 'password';
  readonly autocomplete: string;
  readonly hint: string | null;
}

/** Its texts. */
export interface FormTexts {
  readonly title: string;
  readonly says: string;
  readonly fields: readonly FormField[];
  readonly button: string;
  /** For whoever has no script: the token is in the link, and only the reader sees it. */
  readonly byHand: string;
  readonly byHandHint: string;
  readonly done: string;
  readonly doneSays: string;
}

/** The form. It works without a script: then the link is pasted. */
export function formPage(action: string, texts: FormTexts, locale: Locale): string {
  const token: FormField = {
    ...{ name: 'token', label: texts.byHand, type: 'text' },
    ...{ autocomplete: 'off', hint: texts.byHandHint },
  };
  return page(
    locale,
    texts.title,
    `<p>${escaped(texts.says)}</p>
<form method="post" action="${action}">
<div class="by-hand">
${fieldHtml(token)}
</div>
${texts.fields.map(fieldHtml).join('\n')}
<button type="submit">${escaped(texts.button)}</button>
</form>`,
  );
}

/** What is said once it is done. */
export function writtenPage({ done, doneSays }: FormTexts, locale: Locale): string {
  return page(locale, done, `<p role="status">${escaped(doneSays)}</p>`);
}

function fieldHtml({ name, label, type, autocomplete, hint }: FormField): string {
  const described = hint === null ? '' : ` aria-describedby="${name}-hint"`;
  const told = hint === null ? '' : `\n<p class="soft" id="${name}-hint">${escaped(hint)}</p>`;
  return `<label for="${name}">${escaped(label)}</label>
<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" required spellcheck="false" autocapitalize="off"${described}>${told}`;
}
