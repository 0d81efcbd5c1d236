/** The page of a link: it says what follows, and asks. Class: pure. */
import { escaped, page } from './layout.js';
import type { Locale } from './locale.js';

/** Its texts. */
export interface LinkTexts {
  readonly title: string;
  readonly says: string;
  readonly button: string;
  readonly note: string;
  /** For whoever has no script: the token is in the link, and only the reader sees it. */
  readonly byHand: string;
  readonly byHandHint: string;
  readonly done: string;
  readonly doneSays: string;
}

/** The question. It works without a script: then the link is pasted. */
export function linkPage(action: string, texts: LinkTexts, locale: Locale): string {
  return page(
    locale,
    texts.title,
    `<p>${escaped(texts.says)}</p>
<form method="post" action="${action}" autocomplete="off">
<div class="by-hand">
<label for="token">${escaped(texts.byHand)}</label>
<input id="token" name="token" required spellcheck="false" autocapitalize="off" aria-describedby="token-hint">
<p class="soft" id="token-hint">${escaped(texts.byHandHint)}</p>
</div>
<button type="submit">${escaped(texts.button)}</button>
</form>
<p class="soft">${escaped(texts.note)}</p>`,
  );
}

/** What is said once it is done. */
export function donePage({ done, doneSays }: LinkTexts, locale: Locale): string {
  return page(locale, done, `<p role="status">${escaped(doneSays)}</p>`);
}
