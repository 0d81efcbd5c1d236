/** Pages of a task's link: one that only asks, one that shows the task with its buttons, one that says what came of it. Class: pure. */
import type { LinkedTask, LinkOutcome } from '../../contracts/task-links.js';
import { escaped, page } from './layout.js';
import type { Locale } from './locale.js';
import { TASK_LINK_TEXTS } from './task-link-texts.js';

/** The first: it knows nothing of a task. Its script sends on what only looks; without one the link is pasted. */
export function askPage(locale: Locale): string {
  const say = TASK_LINK_TEXTS[locale];
  return page(
    locale,
    say.title,
    `<p>${escaped(say.says)}</p>
<form method="post" action="/decide" autocomplete="off" data-look>
<div class="by-hand">
<label for="token">${escaped(say.byHand)}</label>
<input id="token" name="token" required spellcheck="false" autocapitalize="off" aria-describedby="token-hint">
<p class="soft" id="token-hint">${escaped(say.byHandHint)}</p>
</div>
<button type="submit">${escaped(say.button)}</button>
</form>
<p class="soft">${escaped(say.note)}</p>`,
  );
}

/** The task, and what it may be decided by. */
export function taskPage(task: LinkedTask, token: string, locale: Locale): string {
  const say = TASK_LINK_TEXTS[locale];
  const rows: readonly (readonly [string, string | null])[] = [
    [say.process, task.process],
    [say.customer, task.customer],
    [say.businessKey, task.businessKey],
    [say.due, task.dueAt === null ? null : shownInstant(task.dueAt, locale)],
    ...task.facts.map(({ label, value }) => [label, value] as const),
  ];
  const told = rows.flatMap(([name, value]) =>
    value === null ? [] : [`<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`],
  );
  const texts = task.says.map((text) => `<p class="says">${escaped(text)}</p>`);
  return page(
    locale,
    task.title,
    `${texts.join('\n')}\n<dl>\n${told.join('\n')}\n</dl>\n${decision(task, token, locale)}\n${inInbox(task, locale)}`,
  );
}

function decision(
  { choices, over, person, question }: LinkedTask,
  token: string,
  locale: Locale,
): string {
  const say = TASK_LINK_TEXTS[locale];
  if (over !== null) {
    return `<p role="status"><strong>${escaped(say.over)}.</strong> ${escaped(over)}</p>`;
  }
  if (choices.length === 0) return `<p role="status">${escaped(say.needsForm)}</p>`;
  const buttons = choices.map(
    ({ choice, label }) =>
      `<button type="submit" name="choice" value="${escaped(choice)}">${escaped(label)}</button>`,
  );
  return `<form method="post" action="/decide/decision" autocomplete="off">
<input type="hidden" name="token" value="${escaped(token)}">
<label for="reason">${escaped(say.reason)}</label>
<textarea id="reason" name="reason" rows="3" maxlength="2000"></textarea>
<fieldset class="choices">
<legend>${escaped(question ?? say.question)}</legend>
${buttons.join('\n')}
</fieldset>
</form>
<p class="soft">${escaped(say.asWhom(person))}</p>`;
}

/** What came of a decision. */
export function decidedPage(outcome: LinkOutcome, locale: Locale): string {
  const say = TASK_LINK_TEXTS[locale];
  const { label, waitsFor, title } = outcome;
  const next = waitsFor.length > 0 ? say.waitsFor(waitsFor.join(', ')) : say.goesOn;
  return page(
    locale,
    title,
    `<p role="status"><strong>${escaped(say.decided(label))}</strong></p>
<p>${escaped(next)}</p>
${inInbox(outcome, locale)}`,
  );
}

/** What happened instead, as the engine says it. */
export function notDecidedPage(detail: string, locale: Locale): string {
  const say = TASK_LINK_TEXTS[locale];
  return page(locale, say.notDecided, `<p role="status">${escaped(detail)}</p>`);
}

const inInbox = ({ taskKey }: Pick<LinkedTask, 'taskKey'>, locale: Locale): string =>
  `<p><a href="/tasks/${escaped(taskKey)}">${escaped(TASK_LINK_TEXTS[locale].inInbox)}</a></p>`;

/** In UTC: whose clock the reader has is not known here. */
const shownInstant = (at: string, locale: Locale): string =>
  `${new Intl.DateTimeFormat(locale, {
    ...({ dateStyle: 'medium', timeStyle: 'short' } as const),
    timeZone: 'UTC',
  }).format(new Date(at))} UTC`;
