/**
 * What people call processes in their language. Titles stand in the `process.yaml` of each package, and nowhere else; a
 * process without one is called as its diagram has it.
 */
import { useQuery } from '@tanstack/react-query';
import type { PackageRow } from '../../contracts/designer.js';
import { useLocale } from '../texts/texts.js';
import { ask } from './ask.js';

type Titles = ReadonlyMap<string, NonNullable<PackageRow['title']>>;

/** Calls a process: by its id, and the name that the diagram has. */
export type CallProcess = (processId: string, name?: string | null) => string;

/** How to call processes here. */
export function useProcessNames(): CallProcess {
  const locale = useLocale();
  const { data } = useQuery({
    queryKey: ['process-titles'],
    staleTime: 300_000,
    // Diagrams are in English: only whoever reads another language needs more.
    enabled: locale !== 'en',
    queryFn: ({ signal }) => readTitles(signal),
  });
  return (processId, name) => {
    const title = locale === 'en' ? undefined : data?.get(processId)?.[locale];
    return title ?? name ?? processId;
  };
}

async function readTitles(signal: AbortSignal): Promise<Titles> {
  const titles = new Map<string, NonNullable<PackageRow['title']>>();
  for (let after: string | null = null; ; ) {
    const path = `/api/v1/packages?limit=100${after === null ? '' : `&after=${after}`}`;
    const page: { readonly items: readonly PackageRow[]; readonly next: string | null } = await ask(
      path,
      { signal },
    );
    for (const { key, title, processes } of page.items) {
      if (title) titles.set(key, title);
      for (const [id, other] of Object.entries(processes)) titles.set(id, other);
    }
    after = page.next;
    if (after === null) return titles;
  }
}
