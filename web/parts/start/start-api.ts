/** What starting a process asks the server. Class: side effect. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { WholeTask } from '../../../contracts/tasks.js';
import { localizeForm } from '../../../engine/forms/localize.js';
import type { RawComponent } from '../../../engine/model/index.js';
import { ask } from '../../api/ask.js';
import type { Definition } from '../../api/definitions.js';
import type { Locale } from '../../texts/texts.js';

type Values = WholeTask['variables'];
type Schema = NonNullable<WholeTask['form']>['schema'];

/** An instance that was started. */
export interface Started {
  readonly processInstanceKey: string;
}

/** Of each process that people start the latest version, by name. Class: pure. */
export function startable(
  definitions: readonly Definition[],
  named: (one: Definition) => string,
): readonly Definition[] {
  const latest = new Map<string, Definition>();
  for (const one of definitions) {
    const known = latest.get(one.processDefinitionId);
    if (!known || known.version < one.version) latest.set(one.processDefinitionId, one);
  }
  return [...latest.values()]
    .filter(({ hasStartForm }) => hasStartForm)
    .toSorted((one, other) => named(one).localeCompare(named(other)));
}

/** The form by which a version is started, in a language. */
export function useStartForm(key: string | null, locale: Locale) {
  return useQuery({
    queryKey: ['start-form', key, locale],
    enabled: key !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const path = `/v2/process-definitions/${key}/form`;
      const { schema } = await ask<{ readonly schema: string }>(path, { signal });
      return localizeForm(JSON.parse(schema) as RawComponent, locale) as Schema;
    },
  });
}

/** A customer where a form asks for one; null: it asks for none. Class: pure. */
export function givenTo(schema: RawComponent, customerId: string): Values | null {
  const paths = keysIn(schema).filter((key) => /(^|\.)customerId$/.test(key));
  if (paths.length === 0) return null;
  return Object.assign(
    {},
    ...paths.map((path) =>
      path.split('.').reduceRight<unknown>((value, name) => ({ [name]: value }), customerId),
    ),
  );
}

const keysIn = ({ key, components }: RawComponent): readonly string[] => [
  ...(typeof key === 'string' ? [key] : []),
  ...(Array.isArray(components)
    ? components.flatMap((one) => keysIn((one ?? {}) as RawComponent))
    : []),
];

/** What is sent. */
export interface Start {
  readonly processDefinitionKey: string;
  readonly businessId?: string;
  readonly variables: Values;
}

/** Starts it. Whoever presses twice, or tries again after nothing answered, starts one: what is sent has a key of its own. */
export function useStart() {
  const sent = useRef({ text: '', key: '' });
  return useMutation({
    mutationFn: (start: Start) => {
      const text = JSON.stringify(start);
      if (text !== sent.current.text) sent.current = { text, key: crypto.randomUUID() };
      const asking = { method: 'POST', body: start, idempotencyKey: sent.current.key } as const;
      return ask<Started>('/v2/process-instances', asking);
    },
    onSuccess: () => {
      // The same once more is another one that is wanted.
      sent.current = { text: '', key: '' };
    },
  });
}
