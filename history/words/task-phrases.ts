/** What is told of a task, around the words of a language. Class: pure. */
import { shownInstant } from '../wording.js';
import { text } from './shape.js';

/** The words of a change of a task: by field, and of one whose value was taken away. */
export interface ChangeWords {
  readonly labels: Readonly<Record<string, string>>;
  readonly takenAway: string;
}

/** `due 2026-03-02 10:00:00Z`, `groups taken away`. */
export function changePhrase(
  [name, value]: readonly [string, unknown],
  { labels, takenAway }: ChangeWords,
): string {
  const label = labels[name] ?? name;
  if (value === null || (Array.isArray(value) && value.length === 0))
    return `${label} ${takenAway}`;
  if (Array.isArray(value)) return `${label} ${value.join(', ')}`;
  return `${label} ${name.endsWith('At') ? shownInstant(text(value)) : text(value)}`;
}

/** For whom a task was opened. */
export function recipientPhrase(
  assignee: unknown,
  groups: unknown,
  words: { readonly group: string; readonly anybody: string },
): string {
  if (typeof assignee === 'string') return assignee;
  if (Array.isArray(groups) && groups.length > 0) return `${words.group} ${groups.join(', ')}`;
  return words.anybody;
}
