/** Whoever decides by a form is shown whose matter it is: no form of a task leaves the customer out. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readLibrary } from './support/models.js';

/** Of courses, which are nobody's; and of a payment of which nobody knows whose it is. */
const NOBODYS: readonly string[] = [
  ...['author-checklist', 'approve-course', 'review-course'],
  ...['find-payer', 'find-reversed'],
];

/** How forms name a customer: by its name or id, or by who of it wrote. */
const NAMES = /legalName|customerId|contact\.mail|from\.mail/;

/** What is read of a form or a part of it. */
interface Part {
  readonly text?: string;
  readonly key?: string;
  readonly components?: readonly Part[];
}

/** All that a form shows, its own inputs among it. */
const shown = ({ components = [], text = '', key = '' }: Part): string =>
  [text, key, ...components.map(shown)].join(' ');

test('each form of a task says whose it is', async () => {
  const { places } = await readLibrary();
  const forms = places.flatMap(({ node, package: { key } }) =>
    node.tag === 'userTask' && key !== '_template' && node.extensions.form?.formId
      ? [`definitions/${key}/forms/${node.extensions.form.formId}.form`]
      : [],
  );
  expect(forms.length).toBeGreaterThan(60);
  const silent = forms.filter((path) => {
    const isNobodys = NOBODYS.some((name) => path.endsWith(`/${name}.form`));
    return !isNobodys && !NAMES.test(shown(JSON.parse(readFileSync(path, 'utf8'))));
  });
  expect([...new Set(silent)]).toEqual([]);
});
