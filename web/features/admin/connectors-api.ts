/** What the area asks of outside systems, and the tests of them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ConnectorRow, ConnectorTest, EffectTrouble } from '../../../contracts/connectors.js';
import { ask } from '../../api/ask.js';

const PATH = '/api/v1/connectors';
const KEY = ['admin', 'connectors'] as const;
/** Effects come and go while somebody looks. */
const AGAIN_MS = 15_000;

/** A system with what failed on it. */
export interface WholeConnector {
  readonly since: string;
  readonly connector: ConnectorRow;
  readonly troubles: readonly (Omit<EffectTrouble, 'instance'> & {
    readonly instance: {
      readonly processInstanceKey: string;
      readonly processDefinitionId: string;
      readonly businessId: string | null;
      readonly state: string;
      readonly incidents: number;
    } | null;
  })[];
}

const pathOf = (connectorId: string): string => `${PATH}/${encodeURIComponent(connectorId)}`;

/** All of them. */
export function useConnectors() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) =>
      ask<{ readonly since: string; readonly items: readonly ConnectorRow[] }>(PATH, { signal }),
    refetchInterval: AGAIN_MS,
  });
}

/** One of them with its effects that failed or are unknown. */
export function useConnector(connectorId: string) {
  return useQuery({
    queryKey: [...KEY, connectorId],
    queryFn: ({ signal }) => ask<WholeConnector>(pathOf(connectorId), { signal }),
  });
}

/** Tests one. */
export function useConnectorTest(connectorId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      ask<ConnectorTest>(`${pathOf(connectorId)}/tests`, { method: 'POST', body: {} }),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
