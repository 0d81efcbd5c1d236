/** What setting a variable asks the server. */
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Json } from '../../../../engine/model/index.js';
import { ask } from '../../../api/ask.js';
import { type ActOutcome, actOn, KEYS, type Variable } from '../instances-api.js';

/** A place that holds variables: the process, or something that is alive in it. */
export interface Scope {
  readonly key: string;
  /** Null: the process. */
  readonly name: string | null;
}

/** Scopes that are alive now, the process first. */
export function useScopes(instanceKey: string): UseQueryResult<readonly Scope[]> {
  return useQuery({
    queryKey: [...KEYS.one(instanceKey), 'scopes'],
    queryFn: async ({ signal }) => {
      const body = {
        filter: { processInstanceKey: instanceKey, state: 'ACTIVE' },
        page: { limit: 200 },
      };
      const { items } = await ask<{
        readonly items: readonly {
          readonly elementInstanceKey: string;
          readonly elementName: string;
          readonly type: string;
        }[];
      }>('/v2/element-instances/search', { method: 'POST', body, signal });
      const inner = items
        .filter(({ type }) => type !== 'PROCESS')
        .map(({ elementInstanceKey: key, elementName: name }) => ({ key, name }));
      return [{ key: instanceKey, name: null }, ...inner];
    },
  });
}

/** The whole value of a variable: lists cut long ones. */
export async function wholeValue({ variableKey }: Variable): Promise<Json> {
  const { value } = await ask<Variable>(`/v2/variables/${variableKey}`);
  return JSON.parse(value) as Json;
}

/** Sets one. @param seen - what it held when the person looked; empty: nothing of this name */
export const setVariable = (
  instanceKey: string,
  { key }: Scope,
  variables: Readonly<Record<string, Json>>,
  seen: Readonly<Record<string, Json>>,
  reason: string,
): Promise<ActOutcome> =>
  actOn(
    instanceKey,
    {
      ...{ kind: 'setVariables', variables, seen },
      scopeKey: key === instanceKey ? null : key,
    },
    reason,
  );
