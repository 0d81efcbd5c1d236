/** How a task or its ticket stands with what was promised: a sign, words and a colour, never the colour alone. */
import { Badge, Tooltip } from '@mantine/core';
import { CircleAlert, CircleCheck, Clock, Pause, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TaskClock, TaskItem, TicketClock } from '../../../contracts/tasks.js';
import { exactly, farFrom } from '../../parts/time.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { inHours } from './duration.js';
import { INBOX_TEXTS } from './texts.js';

type Stand = 'calm' | 'soon' | 'late' | 'done' | 'paused';

const LOOKS = {
  calm: { color: 'teal', Icon: Clock },
  soon: { color: 'yellow', Icon: TriangleAlert },
  late: { color: 'red', Icon: CircleAlert },
  done: { color: 'gray', Icon: CircleCheck },
  paused: { color: 'gray', Icon: Pause },
} as const;

interface Shown {
  readonly stand: Stand;
  readonly text: string;
  readonly says: string;
}

function Mark({ stand, text, says }: Shown): ReactNode {
  const { color, Icon } = LOOKS[stand];
  return (
    <Tooltip label={says} multiline maw={340} withArrow>
      <Badge
        color={color}
        variant="default"
        size="lg"
        radius="sm"
        tt="none"
        className="inbox-clock"
        data-stand={stand}
        leftSection={<Icon size={14} aria-hidden />}
        aria-label={`${text}. ${says}`}
        role="img"
      >
        {text}
      </Badge>
    </Tooltip>
  );
}

function useTimeLeft(): (remainingMs: number) => string {
  const say = useTexts(INBOX_TEXTS);
  return (ms) => say(ms < 0 ? 'clockLate' : 'clockLeft', { time: inHours(ms) });
}

/** From here on a due date is near. */
const SOON_MS = 24 * 3_600_000;

/** The clock of a task, and when it is due, where that is another time. */
export function TaskClockMark({ task }: { readonly task: TaskItem }): ReactNode {
  const { clock, dueAt, state } = task;
  const isDue = dueAt !== null && state === 'CREATED' && dueAt !== clock?.dueAt;
  return (
    <>
      {clock && <PromiseMark clock={clock} />}
      {isDue && <DueMark dueAt={dueAt} />}
    </>
  );
}

function PromiseMark({ clock }: { readonly clock: TaskClock }): ReactNode {
  const say = useTexts(INBOX_TEXTS);
  const locale = useLocale();
  const timeLeft = useTimeLeft();
  const says = say('clockSays', {
    ...{ title: clock.title[locale], passed: inHours(clock.elapsedMs) },
    ...{ target: inHours(clock.targetMs), calendar: clock.calendar.name },
    ...{ tz: clock.calendar.tz, due: exactly(clock.dueAt, locale) },
  });
  if (clock.state === 'met') return <Mark stand="done" text={say('clockMet')} says={says} />;
  if (clock.state === 'missed') return <Mark stand="late" text={say('clockMissed')} says={says} />;
  const stand = ({ running: 'calm', warning: 'soon', late: 'late' } as const)[clock.state];
  return <Mark stand={stand} text={timeLeft(clock.remainingMs)} says={says} />;
}

function DueMark({ dueAt }: { readonly dueAt: string }): ReactNode {
  const say = useTexts(INBOX_TEXTS);
  const locale = useLocale();
  const left = Date.parse(dueAt) - Date.now();
  const stand = left < 0 ? 'late' : left < SOON_MS ? 'soon' : 'calm';
  const text = say('clockDueIn', { when: farFrom(Date.parse(dueAt), Date.now(), locale) });
  return (
    <Mark stand={stand} text={text} says={say('clockSayReal', { due: exactly(dueAt, locale) })} />
  );
}

/** How a metric of a ticket is called; one that is not known goes by its own name. */
export function useMetric(): (metric: string) => string {
  const say = useTexts(INBOX_TEXTS) as (key: string) => string;
  return (metric) => {
    const key = `metric${metric.slice(0, 1).toUpperCase()}${metric.slice(1)}`;
    return key in INBOX_TEXTS.en ? say(key) : metric;
  };
}

/** A clock of the ticket that the task works on. */
export function TicketClockMark({ clock }: { readonly clock: TicketClock }): ReactNode {
  const say = useTexts(INBOX_TEXTS);
  const locale = useLocale();
  const timeLeft = useTimeLeft();
  const title = useMetric()(clock.metric);
  const { state, dueAt, remainingMs } = clock;
  if (state === 'paused') {
    const says = say('clockSaysPaused', { title, time: inHours(remainingMs ?? 0) });
    return <Mark stand="paused" text={`${title}: ${say('clockPaused')}`} says={says} />;
  }
  if (state === 'withdrawn' || state === 'unreachable' || dueAt === null) return null;
  const says = say('clockSaysTicket', { title, due: exactly(dueAt, locale) });
  if (state === 'met')
    return <Mark stand="done" text={`${title}: ${say('clockMet')}`} says={says} />;
  if (state === 'missed')
    return <Mark stand="done" text={`${title}: ${say('clockMissed')}`} says={says} />;
  const far = farFrom(Date.parse(dueAt), Date.now(), locale);
  const left = remainingMs === null ? far : timeLeft(remainingMs);
  const stand = ({ running: 'calm', warning: 'soon', breached: 'late' } as const)[state];
  return <Mark stand={stand} text={`${title}: ${left}`} says={says} />;
}
