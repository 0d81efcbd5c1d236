import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ActRow } from '../../contracts/control.js';
import { WORDS } from '../../history/index.js';
import { ACTS } from '../../worker/control/acts.js';

const FOLDERS = ['api', 'designer', 'store', 'worker'] as const;
/** How sources name what the audit keeps of an act. */
const NAMED =
  /(?:action: |_ACTION = |actOf\(|step\(|tried\(request, \w+, )'([a-z]+(?:[A-Z.][A-Za-z]*)+)'/g;

/** Actions that code writes into the audit. */
const written = (): readonly string[] =>
  FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(NAMED)]),
  ).map(([, name = '']) => name);

/** Those whose names are no words of English. */
const ACTIONS = [...new Set([...written(), ...Object.keys(ACTS)])]
  .filter((name) => /[A-Z.]/.test(name))
  .sort();

const act = (action: string, outcome: string): ActRow => ({
  ...{ number: 1, at: '2026-03-02T10:00:00.000Z', actor: 'dana', object: 'list:tasks', code: null },
  ...{ requestId: null, facts: null, reason: null, data: null, isErased: false, action, outcome },
});

describe.each(Object.entries(WORDS))('acts in %s', (_locale, words) => {
  test('there are many', () => {
    expect(ACTIONS.length).toBeGreaterThan(60);
    expect(ACTIONS).toEqual(expect.arrayContaining(['setPortfolio', 'signIn', 'submitDraft']));
  });

  test.each(ACTIONS)('%s has words', (action) => {
    expect(words.act(act(action, 'done')).split(' ')).not.toContain(action);
    expect(words.act(act(action, 'refused')).split(/[: ]+/)).not.toContain(action);
  });
});
