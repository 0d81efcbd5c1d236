/** How many instances run of a package, by process and version. */
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { ask } from '../../../api/ask.js';
import { useLive } from '../../../api/live.js';
import { KEYS } from '../api.js';

/** Those of one version of one process. */
export interface Running {
  readonly processId: string;
  readonly version: number;
  readonly count: number;
}

interface Counted {
  readonly processDefinitionVersion: number;
  readonly activeInstancesWithIncidentCount: number;
  readonly activeInstancesWithoutIncidentCount: number;
}

const MOVES = [
  'process_instance.started',
  'process_instance.completed',
  'process_instance.terminated',
] as const;
const PATH = '/v2/process-definitions/statistics/process-instances-by-version';

/** Counts them; versions that none runs on are left out. */
export function useRunning(
  packageKey: string,
  processIds: readonly string[],
): UseQueryResult<readonly Running[]> {
  const key = [...KEYS.package(packageKey), 'running'];
  useLive(MOVES, [key]);
  return useQuery({
    queryKey: [...key, processIds],
    queryFn: async ({ signal }) => {
      const found = processIds.map(async (processId): Promise<readonly Running[]> => {
        const body = { filter: { processDefinitionId: processId } };
        const asking = { method: 'POST', body, signal } as const;
        const { items } = await ask<{ readonly items: readonly Counted[] }>(PATH, asking);
        return items.map((one) => ({
          ...{ processId, version: one.processDefinitionVersion },
          count: one.activeInstancesWithIncidentCount + one.activeInstancesWithoutIncidentCount,
        }));
      });
      return (await Promise.all(found)).flat();
    },
    enabled: processIds.length > 0,
  });
}

/** Where those of a version are listed, on its diagram. Class: pure. */
export const instancesAt = (processId: string, version?: number): string =>
  `/instances?process=${encodeURIComponent(processId)}${version === undefined ? '' : `&version=${version}`}`;
