/** What the area asks of calendars; a change is a draft of their package, which is reviewed and published as any other. */
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ListedCalendar } from '../../../contracts/calendars-listed.js';
import type { DraftFileRow, WholeDraft } from '../../../contracts/designer.js';
import { ask } from '../../api/ask.js';
import { type EditedCalendar, withCalendar } from './calendar-yaml.js';

const DRAFTS = '/api/v1/drafts';
/** The file that has them. */
export const DESCRIPTION = 'process.yaml';

/** All of them. */
export function useCalendars() {
  return useQuery({
    queryKey: ['admin', 'calendars'],
    queryFn: ({ signal }) =>
      ask<{ readonly items: readonly ListedCalendar[] }>('/api/v1/calendars', { signal }),
  });
}

/** Begins a draft of the package with the calendar as it was edited. @returns its id */
export function useCalendarDraft({ packageKey, name }: ListedCalendar) {
  return useMutation({
    mutationFn: async ({ title, edited }: { title: string; edited: EditedCalendar }) => {
      const begun = await ask<WholeDraft>(DRAFTS, {
        ...{ method: 'POST', body: { packageKey, title } },
      });
      const { draftId } = begun.draft;
      const path = `${DRAFTS}/${draftId}/file?path=${DESCRIPTION}`;
      const { content, version } = await ask<DraftFileRow>(path);
      await ask(path, {
        ...{ method: 'PUT', ifMatch: `"${version}"` },
        body: { content: withCalendar(content, name, edited) },
      });
      return draftId;
    },
  });
}
