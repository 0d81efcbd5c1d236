/** Calendars of what is deployed: who works when, and what is promised by that. They are changed as drafts of their package. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type ListedCalendar, listedCalendar } from '../../contracts/calendars-listed.js';
import { DESCRIPTION_FILE, readDescription } from '../../registry/index.js';
import type { PackageRow, Store } from '../../store/index.js';
import type { AppState } from '../deps.js';
import { designerOf } from '../designer/asking.js';
import { answerOf } from '../input.js';
import { type About, answers } from '../openapi/about.js';
import { addRoute } from '../plugins/routes.js';

const LIST = z.strictObject({ items: z.array(listedCalendar) });

const PAGE = 100;

const ABOUT = {
  calendars: {
    summary: 'Lists calendars with what is promised by them',
    says: 'Those of the newest version of each package. `source` is its `process.yaml`.',
    answers: answers(LIST, {
      items: [
        {
          ...{ packageKey: 'support-ticket', name: 'office', source: 'key: support-ticket' },
          title: { en: 'Support ticket', 'pt-BR': 'Chamado de suporte' },
          calendar: {
            ...{ tz: 'America/Sao_Paulo', version: 1, validFrom: '1970-01-01T00:00:00Z' },
            weekly: { mon: [['09:00', '18:00']] },
            ...{ dateOverrides: {}, holidays: ['2026-12-25'] },
          },
          promises: [
            {
              ...{ element: 'Task_Answer', target: 'PT4H' },
              title: { en: 'Answer', 'pt-BR': 'Responder' },
            },
          ],
        },
      ],
    }),
  },
} satisfies Record<string, About>;

/** Adds it. */
export function addCalendars(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'calendars', ABOUT.calendars, async () => {
    const packages = await allPackages(designerOf(state).store);
    return answerOf(LIST, { items: packages.flatMap(calendarsIn) });
  });
}

async function allPackages({ definitions }: Pick<Store, 'definitions'>): Promise<PackageRow[]> {
  const found: PackageRow[] = [];
  for (let after: string | null = null; ; ) {
    const page: readonly PackageRow[] = await definitions.packages(PAGE, after);
    found.push(...page);
    after = page.at(-1)?.key ?? null;
    if (page.length < PAGE) return found;
  }
}

/** Class: pure. */
function calendarsIn({ key, description: source }: PackageRow): readonly ListedCalendar[] {
  if (source === null) return [];
  const { description } = readDescription(source, DESCRIPTION_FILE);
  if (description === null) return [];
  const { title, calendars, sla } = description;
  return Object.entries(calendars).map(([name, calendar]) => ({
    ...{ packageKey: key, title, name, calendar, source },
    promises: sla.flatMap(({ element, title: says, target, calendar: by }) =>
      by === name ? [{ element, title: says, target }] : [],
    ),
  }));
}
