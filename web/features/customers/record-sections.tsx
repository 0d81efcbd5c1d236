import { Badge, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { WholeCustomer } from '../../../contracts/records.js';
import { Hash } from '../../parts/hash.js';
import { type ListColumn, RowsTable } from '../../parts/search-list.js';
import { Section } from '../../parts/section.js';
import { Time } from '../../parts/time.js';
import { type RecordField, useRecordWords } from '../../parts/use-record-words.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { money } from './money.js';
import { CUSTOMER_TEXTS } from './texts.js';

/** What the record has of a customer, part by part. */
export function RecordSections({ whole }: { readonly whole: WholeCustomer }): ReactNode {
  const say = useTexts(CUSTOMER_TEXTS);
  const word = useRecordWords();
  const locale = useLocale();
  const gone = say('erasedText');
  return (
    <>
      <Part
        title={say('contacts')}
        empty={say('noContacts')}
        rows={whole.contacts}
        keyOf={({ contactId }) => contactId}
        columns={[
          {
            title: say('name'),
            cell: ({ name, isPrimary }) => (
              <>
                {name ?? gone}{' '}
                {isPrimary && (
                  <Badge size="xs" variant="light" tt="none">
                    {say('primary')}
                  </Badge>
                )}
              </>
            ),
          },
          { title: say('role'), cell: ({ role }) => word('role', role) },
          { title: say('mail'), cell: ({ mail }) => mail ?? gone },
          { title: say('phone'), cell: ({ phone }) => phone ?? '–' },
        ]}
      />
      <Part
        title={say('subscriptions')}
        empty={say('noSubscriptions')}
        rows={whole.subscriptions}
        keyOf={({ subscriptionId }) => subscriptionId}
        columns={[
          { title: say('plan'), cell: ({ planId }) => planId },
          { title: say('seats'), cell: ({ seats }) => seats ?? '–' },
          {
            title: say('price'),
            cell: ({ priceMinor, currency, period }) =>
              `${money(priceMinor, currency, locale)} / ${word('period', period)}`,
          },
          { title: say('from'), cell: ({ startsAt }) => startsAt },
          { title: say('until'), cell: ({ endsAt }) => endsAt ?? '–' },
          { title: say('state'), cell: ({ state }) => word('subscription', state) },
        ]}
      />
      <Part
        title={say('invoices')}
        empty={say('noInvoices')}
        rows={whole.invoices}
        keyOf={({ invoiceId }) => invoiceId}
        columns={[
          { title: say('number'), cell: ({ number }) => number ?? gone },
          {
            title: say('amount'),
            cell: (row) => money(row.amountMinor, row.currency, locale),
          },
          { title: say('owed'), cell: (row) => money(row.balanceMinor, row.currency, locale) },
          { title: say('due'), cell: ({ dueDate }) => dueDate },
          { title: say('state'), cell: ({ state }) => word('invoice', state) },
        ]}
      />
      <Part
        title={say('tickets')}
        empty={say('noTickets')}
        rows={whole.tickets}
        keyOf={({ ticketId }) => ticketId}
        columns={[
          { title: say('number'), cell: ({ ticketId }) => ticketId.slice(-8).toUpperCase() },
          { title: say('type'), cell: ({ type }) => word('ticketType', type) },
          { title: say('priority'), cell: ({ priority }) => word('priority', priority) },
          { title: say('state'), cell: ({ status }) => word('ticketStatus', status) },
          { title: say('opened'), cell: ({ createdAt }) => <Time at={createdAt} /> },
        ]}
      />
      <Part
        title={say('access')}
        empty={say('noAccess')}
        rows={whole.accesses}
        keyOf={({ grantId }) => grantId}
        columns={[
          { title: say('system'), cell: ({ system, kind }) => `${system} (${kind})` },
          { title: say('holder'), cell: ({ externalId }) => externalId ?? gone },
          { title: say('granted'), cell: ({ grantedAt }) => <Time at={grantedAt} isExact /> },
          {
            title: say('revoked'),
            cell: ({ revokedAt }) =>
              revokedAt ? (
                <Time at={revokedAt} isExact />
              ) : (
                <Badge color="orange" variant="default" tt="none">
                  {say('still')}
                </Badge>
              ),
          },
          { title: say('evidence'), cell: ({ evidence }) => <Evidence rows={evidence} /> },
        ]}
      />
      <Part
        title={say('learning')}
        empty={say('noLearning')}
        rows={learningOf(whole)}
        keyOf={({ id }) => id}
        columns={[
          { title: say('course'), cell: ({ course }) => course },
          { title: say('state'), cell: ({ state }) => word('course', state) },
          { title: say('progress'), cell: ({ progress }) => progress },
          { title: say('until'), cell: ({ until }) => until ?? '–' },
        ]}
      />
      <Part
        title={say('exports')}
        empty={say('noExports')}
        rows={whole.exports}
        keyOf={({ exportId }) => exportId}
        columns={[
          { title: say('when'), cell: ({ cutOff }) => <Time at={cutOff} isExact /> },
          { title: say('state'), cell: ({ state }) => word('export', state) },
          {
            title: say('manifest'),
            cell: ({ manifestSha256 }) => <Hash text={manifestSha256} />,
          },
        ]}
      />
      <Part
        title={say('deletion')}
        empty={say('noDeletion')}
        rows={deletionOf(whole, say, word)}
        keyOf={({ id }) => id}
        columns={[
          { title: say('kind'), cell: ({ kind }) => kind },
          { title: say('when'), cell: ({ at }) => <Time at={at} isExact /> },
          { title: say('state'), cell: ({ state }) => state },
          { title: say('what'), cell: ({ what }) => what },
        ]}
      />
      <Part
        title={say('consents')}
        empty={say('noConsents')}
        rows={whole.suppressions}
        keyOf={({ list, at, reason }) => `${list} ${at} ${reason}`}
        columns={[
          { title: say('list'), cell: ({ list }) => list },
          { title: say('reason'), cell: ({ reason }) => reason },
          { title: say('from'), cell: ({ at }) => <Time at={at} isExact /> },
          { title: say('until'), cell: ({ until }) => (until ? <Time at={until} isExact /> : '–') },
        ]}
      />
    </>
  );
}

function learningOf({ enrolments, trainingCertificates }: WholeCustomer) {
  return [
    ...enrolments.map(({ courseId, runId, contactId, state, progressPct, deadline }) => ({
      ...{ id: `${contactId} ${courseId} ${runId}`, course: courseId, state, until: deadline },
      progress: progressPct === null ? '–' : `${progressPct} %`,
    })),
    ...trainingCertificates.map(({ certificateId, programId, state, expiresAt }) => ({
      ...{ id: certificateId, course: programId, state, progress: '100 %', until: expiresAt },
    })),
  ];
}

type Say = ReturnType<typeof useTexts<'hold'>>;

function deletionOf(
  { holds, erasures, certificates }: WholeCustomer,
  say: Say | never,
  word: (field: RecordField, value: string) => string,
) {
  const tell = say as (key: string, facts?: Record<string, string | number>) => string;
  const all = [
    ...holds.map(({ holdId, placedAt, releasedAt, reason, records }) => ({
      ...{ id: holdId, kind: tell('hold'), at: placedAt },
      state: releasedAt === null ? tell('holding') : tell('until'),
      what: `${records?.join(', ') ?? '–'}${reason === null ? '' : `: ${reason}`}`,
    })),
    ...erasures.map(({ requestId, createdAt, state, basis }) => ({
      ...{ id: requestId, kind: tell('erasure'), at: createdAt },
      ...{ state: word('erasure', state), what: word('basis', basis) },
    })),
    ...certificates.map(({ certificateId, number, endedAt, method, basis }) => ({
      ...{ id: certificateId, kind: tell('certificate', { number }), at: endedAt },
      ...{ state: method, what: word('basis', basis) },
    })),
  ];
  return all.sort((a, b) => (a.at < b.at ? 1 : -1));
}

function Evidence({
  rows,
}: {
  readonly rows: WholeCustomer['accesses'][number]['evidence'];
}): ReactNode {
  const say = useTexts(CUSTOMER_TEXTS);
  if (rows.length === 0) return '–';
  return (
    <details>
      <summary>{say('evidenceOf', { count: rows.length })}</summary>
      {rows.map(({ evidenceId, at, step, result, hash }) => (
        <Text key={evidenceId} size="xs">
          <Time at={at} isExact /> · {step}: {result} · <Hash text={hash} />
        </Text>
      ))}
    </details>
  );
}

function Part<Row>({
  title,
  empty,
  rows,
  ...table
}: {
  readonly title: string;
  readonly empty: string;
  readonly rows: readonly Row[];
  readonly columns: readonly ListColumn<Row>[];
  readonly keyOf: (row: Row) => string;
}): ReactNode {
  return (
    <Section title={title}>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      ) : (
        <RowsTable label={title} rows={rows} minWidth={520} {...table} />
      )}
    </Section>
  );
}
