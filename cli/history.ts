/** The history of an instance as a terminal shows it. Class: pure. */
import type { OperationOutput } from '../contracts/control.js';
import { printable, shownInstant, toldHistory } from '../history/index.js';
import type { Terminal } from './terminal.js';

/** All lines in order of time; `hasAll` with what only the engine does, and every act. */
export function historyLines(
  history: OperationOutput<'history'>,
  hasAll: boolean,
  paint: Terminal['paint'],
): readonly string[] {
  const lines = toldHistory(history, hasAll);
  const width = Math.max(6, ...lines.map(({ actor }) => (actor ?? 'engine').length));
  return lines.map(({ at, actor, what, why }) => {
    const who = (actor ?? 'engine').padEnd(width);
    const because = why === null ? '' : paint('dim', ` – ${printable(why)}`);
    return `${shownInstant(at)}  ${actor === null ? paint('dim', who) : who}  ${printable(what)}${because}`;
  });
}
