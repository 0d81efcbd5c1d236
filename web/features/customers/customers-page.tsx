import { Badge, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Link, useSearch as useAddress, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { ListedCustomer } from '../../../contracts/records.js';
import { useLive } from '../../api/live.js';
import { useSearch } from '../../api/search.js';
import { usePerson } from '../../api/session.js';
import { CustomerName } from '../../parts/customer-name.js';
import { Page } from '../../parts/page.js';
import { SearchList } from '../../parts/search-list.js';
import { Time } from '../../parts/time.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { type Offered, useCalled } from './filters.js';
import { money } from './money.js';
import type { CustomersView } from './routes.js';
import { CUSTOMER_TEXTS } from './texts.js';

const CUSTOMERS = 'customers';

function bodyOf({ name, country, plan, stage, debt }: CustomersView) {
  return {
    filter: { ...(country && { country: country.toUpperCase() }), ...(stage && { stage }) },
    find: { ...(name && { name }), ...(plan && { planId: plan }), ...(debt && { debt }) },
  };
}

/** By what customers are filtered, as their fields are called. */
const FILTERS = ['name', 'country', 'plan', 'stage', 'debt'] as const;

/** Customers, newest first. */
export function CustomersPage(): ReactNode {
  const say = useTexts(CUSTOMER_TEXTS);
  const locale = useLocale();
  const view = useAddress({ strict: false }) as CustomersView;
  const { planCalled, stageCalled } = useCalled();
  const searching = useSearch<ListedCustomer>(CUSTOMERS, '/api/v1/customers/search', bodyOf(view));
  useLive(['process_instance.started', 'process_instance.completed'], [[CUSTOMERS]]);
  const go = useNavigate();
  // What is typed stays in its field: a filter that is lifted elsewhere begins its fields anew.
  const [lifted, setLifted] = useState(0);
  const excluding = FILTERS.flatMap((name) => {
    const value = view[name];
    if (!value) return [];
    const shown = {
      ...{ name: value, country: value, plan: planCalled(value), stage: stageCalled(value) },
      debt: say(value === 'open' ? 'debtOpen' : 'debtOverdue'),
    }[name];
    const lift = (): void => {
      void go({ to: '/customers', search: { ...view, [name]: '' } as never, replace: true });
      setLifted(lifted + 1);
    };
    return [{ label: say(name), value: shown, lift }];
  });
  return (
    <Page title={say('title')} about={say('about')}>
      <Stack gap="md">
        <Filters key={lifted} view={view} />
        <SearchList
          searching={searching}
          empty={say('none')}
          excluding={excluding}
          label={say('title')}
          minWidth={760}
          keyOf={({ customerId }) => customerId}
          columns={[
            { title: say('name'), cell: (row) => <CustomerName customer={row} /> },
            { title: say('country'), cell: (row) => keptOf(row, row.country) },
            { title: say('plan'), cell: ({ plans }) => plans.map(planCalled).join(', ') || '–' },
            {
              title: say('stage'),
              cell: ({ stage }) => (stage === null ? '–' : stageCalled(stage)),
            },
            { title: say('state'), cell: (row) => <StateBadge customer={row} /> },
            {
              title: say('debt'),
              cell: ({ debts }) => <Debts debts={debts} locale={locale} />,
            },
            {
              title: say('health'),
              cell: ({ healthScore }) => <span className="app-number">{healthScore ?? '–'}</span>,
            },
            {
              title: say('since'),
              cell: (row) => <span className="app-number">{keptOf(row, row.since)}</span>,
            },
          ]}
        />
      </Stack>
    </Page>
  );
}

/** A fact of a customer; of one that was erased what stands in its place tells nothing. */
export const keptOf = ({ isErased }: Pick<ListedCustomer, 'isErased'>, fact: string): string =>
  isErased ? '–' : fact;

/** Whether it still is a customer: the word counts, the colour only helps. */
export function StateBadge({
  customer: { state, isErased, erasure, certificateNumber: number },
}: {
  readonly customer: Pick<ListedCustomer, 'state' | 'isErased' | 'erasure' | 'certificateNumber'>;
}): ReactNode {
  const say = useTexts(CUSTOMER_TEXTS);
  const { roles } = usePerson();
  const seesCases = roles.includes('admin') || roles.includes('auditor');
  if (isErased) {
    return (
      <>
        <Badge variant="default" color="gray" tt="none">
          {say('erasedTitle')}
        </Badge>
        {erasure && (
          <Text size="xs" c="dimmed">
            <Time at={erasure.at} isExact />
          </Text>
        )}
        {erasure && number !== null && seesCases && (
          <Link to={`/audit/cases/${erasure.instanceId}` as string} className="app-link">
            {say('certificate', { number })}
          </Link>
        )}
      </>
    );
  }
  const known = (['active', 'offboarding', 'gone'] as const).find((one) => one === state);
  const color = state === 'active' ? 'green' : state === 'gone' ? 'gray' : 'orange';
  return (
    <Badge variant="default" color={color} tt="none" miw="max-content">
      {known ? say(known) : state}
    </Badge>
  );
}

/** What is owed, by currency, and of it what is late. */
export function Debts({
  debts,
  locale,
}: {
  readonly debts: ListedCustomer['debts'];
  readonly locale: string;
}): ReactNode {
  const say = useTexts(CUSTOMER_TEXTS);
  if (debts.length === 0) return '–';
  return debts.map(({ currency, balanceMinor, overdueMinor }) => (
    <div key={currency}>
      <span className="app-number">{money(balanceMinor, currency, locale)}</span>
      {overdueMinor > 0 && (
        <Text size="xs" c="var(--mantine-color-error)">
          {say('overdue', { amount: money(overdueMinor, currency, locale) })}
        </Text>
      )}
    </div>
  ));
}

/** What is offered, and what an address names besides: it is filtered by that all the same. */
const offered = (all: readonly Offered[], chosen = ''): readonly Offered[] =>
  chosen === '' || all.some(({ value }) => value === chosen)
    ? all
    : [...all, { value: chosen, label: chosen }];

type Typed = 'name' | 'country';

function Filters({ view }: { readonly view: CustomersView }): ReactNode {
  const say = useTexts(CUSTOMER_TEXTS);
  const go = useNavigate();
  const [typed, type] = useState<Partial<Record<Typed, string>>>({});
  const change = (changes: Readonly<Record<string, string>>): void =>
    void go({
      to: '/customers',
      search: { ...view, ...typed, ...changes } as never,
      replace: true,
    });
  const settle = useDebouncedCallback(change, 300);
  const { plans, stages } = useCalled();
  const field = (name: Typed, hint: 'nameHint' | 'countryHint') => (
    <TextInput
      label={say(name)}
      placeholder={say(hint)}
      value={typed[name] ?? view[name] ?? ''}
      onChange={({ currentTarget: { value } }) => {
        type({ ...typed, [name]: value });
        settle({ [name]: value });
      }}
    />
  );
  return (
    <Group align="flex-end" gap="sm">
      {field('name', 'nameHint')}
      {field('country', 'countryHint')}
      <NativeSelect
        label={say('plan')}
        value={view.plan ?? ''}
        data={[{ value: '', label: say('planAny') }, ...offered(plans, view.plan)]}
        onChange={({ currentTarget: { value } }) => change({ plan: value })}
      />
      <NativeSelect
        label={say('stage')}
        value={view.stage ?? ''}
        data={[{ value: '', label: say('stageAny') }, ...offered(stages, view.stage)]}
        onChange={({ currentTarget: { value } }) => change({ stage: value })}
      />
      <NativeSelect
        label={say('debt')}
        value={view.debt ?? ''}
        data={[
          { value: '', label: say('debtAny') },
          { value: 'open', label: say('debtOpen') },
          { value: 'overdue', label: say('debtOverdue') },
        ]}
        onChange={({ currentTarget: { value } }) => change({ debt: value })}
      />
    </Group>
  );
}
