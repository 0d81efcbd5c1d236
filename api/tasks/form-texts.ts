/** What the texts of a form say, with the variables in place: plain words, for pages that draw no form. Class: pure. */
import type { WholeTask } from '../../contracts/tasks.js';
import { type EvaluationScope, evaluate } from '../../engine/expressions/index.js';
import { isContext, type Json, own, type RawComponent } from '../../engine/model/index.js';

const MOST = 20;
const LONGEST = 2_000;

/** Those that are shown, in the order of the form. @param at - ISO 8601 UTC, the clock of their expressions */
export function textsOf(
  { form, variables }: Pick<WholeTask, 'form' | 'variables'>,
  at: string,
): readonly string[] {
  const scope: EvaluationScope = {
    ...{ at, zone: 'UTC', seed: 'texts of a form' },
    lookup: (name) => own(variables, name),
  };
  return (
    partsOf((form?.schema ?? {}) as RawComponent, scope)
      .flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' ? [text] : []))
      // Loops and conditions of templates are left to the inbox, which draws them.
      .filter((text) => !/\{\{[#/]/.test(text))
      .map((text) => plain(filled(text, scope)))
      .filter((text) => text !== '')
      .slice(0, MOST)
  );
}

/** Components that are shown, with those inside of them. */
function partsOf({ components }: RawComponent, scope: EvaluationScope): readonly RawComponent[] {
  if (!Array.isArray(components)) return [];
  return components
    .filter(isContext)
    .filter((one) => !isHidden(one, scope))
    .flatMap((one) => [one, ...partsOf(one, scope)]);
}

function isHidden({ conditional }: RawComponent, scope: EvaluationScope): boolean {
  const hide = isContext(conditional) ? conditional.hide : null;
  if (typeof hide !== 'string') return false;
  const found = evaluate(hide.replace(/^=/, ''), scope);
  return found.ok && found.value === true;
}

/** Values in place of `{{…}}`; of what cannot be told a dash. */
const filled = (text: string, scope: EvaluationScope): string =>
  text.replace(/\{\{(.+?)\}\}/gs, (_all, source: string) => {
    const found = evaluate(source.trim(), scope);
    return found.ok ? wordsOf(found.value) : '–';
  });

function wordsOf(value: Json): string {
  if (value === null) return '–';
  if (Array.isArray(value)) return value.map(wordsOf).join(', ');
  return isContext(value) ? JSON.stringify(value) : String(value);
}

/** Without the marks of Markdown that our forms use. */
const plain = (text: string): string =>
  text
    .replace(/\*\*|^#+ /gm, '')
    .trim()
    .slice(0, LONGEST);
