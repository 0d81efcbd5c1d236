/** What is known of the customer whose task it is, beside the form. */
import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { TaskContext } from '../../../contracts/tasks.js';
import { Loaded } from '../../parts/loaded.js';
import { Time } from '../../parts/time.js';
import { useRecordWords } from '../../parts/use-record-words.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { contextOf } from './asking.js';
import { TASK_TEXTS } from './task-texts.js';

/** The panel; of a task that is nobody's it says so. */
export function TaskContextPanel({ taskKey }: { readonly taskKey: string }): ReactNode {
  const say = useTexts(TASK_TEXTS);
  const query = useQuery(contextOf(taskKey));
  return (
    <section aria-labelledby="customer">
      <Title order={2} size="h4" id="customer" mb="xs">
        {say('customer')}
      </Title>
      <Loaded query={query}>{(known) => <Known known={known} />}</Loaded>
    </section>
  );
}

function Known({ known }: { readonly known: TaskContext }): ReactNode {
  const say = useTexts(TASK_TEXTS);
  const word = useRecordWords();
  const locale = useLocale();
  const { customer, contacts, plans, debts, tickets, history } = known;
  if (!customer) return <Text c="dimmed">{say('noCustomer')}</Text>;
  const money = (minor: number, currency: string): string =>
    new Intl.NumberFormat(locale, { style: 'currency', currency }).format(minor / 100);
  const there = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: customer.tz });
  return (
    <Stack gap={6}>
      <Text fw={600}>{customer.name ?? say('erased')}</Text>
      <Text size="sm">
        {customer.country} · {say('localTime')} {there.format(new Date())} · {customer.locale}
        {customer.healthScore !== null && ` · ${say('health')} ${customer.healthScore}`}
      </Text>
      {contacts.map(({ contactId, name, mail, role }) => (
        <Text key={contactId} size="sm">
          {name} · {mail} · {word('role', role)}
        </Text>
      ))}
      {plans.map(({ planId, seats }) => (
        <Text key={planId} size="sm">
          {say('plans')}: {planId} {seats !== null && `(${say('seats', { count: seats })})`}
        </Text>
      ))}
      {debts.length === 0 && <Text size="sm">{say('owesNothing')}</Text>}
      {debts.map(({ currency, owedMinor, overdueMinor }) => (
        <Text key={currency} size="sm">
          {say('owes')} {money(owedMinor, currency)}
          {overdueMinor > 0 && ` (${money(overdueMinor, currency)} ${say('overdue')})`}
        </Text>
      ))}
      <Text size="sm" fw={600} mt="xs">
        {tickets.length > 0 ? say('tickets') : say('noTickets')}
      </Text>
      {tickets.map(({ ticketId, type, priority, status, createdAt }) => (
        <Text key={ticketId} size="sm">
          {ticketId.slice(-8).toUpperCase()} · {word('ticketType', type)} ·{' '}
          {word('priority', priority)} · {word('ticketStatus', status)} · <Time at={createdAt} />
        </Text>
      ))}
      <Text size="sm" fw={600} mt="xs">
        {say('processes')}
      </Text>
      {history.map(({ processInstanceKey, process, state, startedAt }) => (
        <Text key={processInstanceKey} size="sm">
          {process[locale]} · {word('instance', state)} {startedAt && <Time at={startedAt} />}
        </Text>
      ))}
    </Stack>
  );
}
