/** The definitions of one scenario: what it deploys is all there is. Class: pure. */
import type { ResolveCallInput, StartOfProcess } from '../../contracts/correlation.js';
import type { DefinitionRef } from '../../contracts/instance.js';
import { InvariantError } from '../../engine/errors/index.js';
import type { ExecutableProcess } from '../../engine/model/index.js';

/** What can be asked about them. */
export interface ScenarioDefinitions {
  /** The newest version of each process. */
  readonly newest: ReadonlyMap<string, ExecutableProcess>;
  refOf(process: ExecutableProcess): DefinitionRef;
  process(definition: DefinitionRef): ExecutableProcess;
  /** Where a call goes; null: nowhere. */
  resolveCall(input: ResolveCallInput): DefinitionRef | null;
  /** Start events of the newest versions by what triggers them. */
  startsBy(trigger: 'message' | 'signal', name: string): readonly StartOfProcess[];
}

/** Of two processes with one id the later is the newer version. */
export function createDefinitions(processes: readonly ExecutableProcess[]): ScenarioDefinitions {
  const newest = new Map(processes.map((process) => [process.id, process]));
  const refOf = (process: ExecutableProcess): DefinitionRef => ({
    processId: process.id,
    version: processes.indexOf(process) + 1,
    hash: 'scenario',
  });
  return {
    newest,
    refOf,
    process: ({ processId, version }) => {
      const found = processes[version - 1];
      if (!found) throw new InvariantError(`no version ${version} of ${processId} in this run`);
      return found;
    },
    resolveCall: ({ processId, binding, versionTag }) => {
      const found = processes.findLast(
        (one) =>
          one.id === processId && (binding !== 'versionTag' || one.versionTag === versionTag),
      );
      return found ? refOf(found) : null;
    },
    startsBy: (trigger, name) =>
      [...newest.values()].flatMap(({ id: processId, starts }) => {
        const triggered = starts.filter((start) => start.trigger === trigger);
        const names = [...new Set(triggered.map((start) => start.name ?? ''))];
        return triggered
          .filter((start) => start.name === name)
          .map(({ elementId }) => ({ processId, elementId, names }));
      }),
  };
}
