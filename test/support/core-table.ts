/** Tests as tables: a model, what it is given, what happens, and what then shows. */
import { expect, test } from 'vitest';
import type { Resources } from '../../engine/compile/index.js';
import type { Variables } from '../../engine/model/index.js';
import { Driver } from './core-driver.js';
import { compileFixture } from './core-fixture.js';

/** What a driven instance shows. */
export interface Shown {
  readonly status: string;
  readonly waiting: readonly string[];
  readonly completed: readonly string[];
  readonly variables: Variables;
  readonly incidents: readonly string[];
}

/** Given these variables in this model, when this happens, then this shows. */
export type Row = readonly [
  then: string,
  model: string,
  given: Variables,
  when: (instance: Driver) => unknown,
  shows: Partial<Shown> | ((instance: Driver) => void),
];

/** What an instance shows now. */
export const shownOf = (instance: Driver): Shown => ({
  status: instance.state.status,
  waiting: instance.waitingAt(),
  completed: instance.completed(),
  variables: instance.variables(),
  incidents: instance.incidents(),
});

/** Proves every row of a table; models lie in `test/fixtures/<folder>`. */
export function proveRows(folder: string, rows: readonly Row[], resources?: Resources): void {
  test.each(rows)('%s (%s)', async (_then, model, given, when, shows) => {
    const { process } = await compileFixture(`${folder}/${model}`, resources);
    const instance = new Driver(process).start(given);
    when(instance);
    if (typeof shows === 'function') shows(instance);
    else expect(shownOf(instance)).toMatchObject(shows);
  });
}

/** For rows in which nothing more happens. */
export const nothing = (): void => {};
