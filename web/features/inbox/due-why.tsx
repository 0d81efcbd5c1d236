/** Why something is due when it is: each part of its time, whether it counts, and why. */
import { List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { WholeTask } from '../../../contracts/tasks.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { useMetric } from './clock.js';
import { TASK_TEXTS } from './task-texts.js';

type Parts = WholeTask['why'];

/** Parts that are told, the latest: a long wait has one for each night. */
const MOST = 40;

/** The task's own clock and those of its ticket; nothing where nothing was promised. */
export function DueWhy({ whole }: { readonly whole: WholeTask }): ReactNode {
  const say = useTexts(TASK_TEXTS);
  const metricOf = useMetric();
  const clocks = [
    { title: say('why'), parts: whole.why },
    ...whole.ticketClocks.map(({ metric, number, why }) => ({
      title: `${say('why')} ${metricOf(metric)} ${number}`,
      parts: why,
    })),
  ].filter(({ parts }) => parts.length > 0);
  return clocks.map(({ title, parts }) => (
    <details key={title}>
      <summary>{title}</summary>
      <PartsOfTime parts={parts} />
    </details>
  ));
}

function PartsOfTime({ parts }: { readonly parts: Parts }): ReactNode {
  const locale = useLocale();
  const say = useTexts(TASK_TEXTS) as (key: string) => string;
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' });
  const reasonOf = (reason: string): string => {
    const key = `why${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}`;
    return key in TASK_TEXTS.en ? say(key) : reason;
  };
  return (
    <List size="sm" mt="xs">
      {parts.slice(-MOST).map(({ from, to, isCounted, reason }) => (
        <List.Item key={from}>
          <Text size="sm" {...(!isCounted && { c: 'dimmed' })}>
            {time.formatRange(new Date(from), new Date(to))}:{' '}
            {say(isCounted ? 'counted' : 'notCounted')}, {reasonOf(reason)}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}
