import { Anchor, Button, Stack } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { InstanceFigures } from '../../../contracts/reports.js';
import { useProcessNames } from '../../api/process-names.js';
import { Empty } from '../../parts/empty.js';
import { Loaded } from '../../parts/loaded.js';
import { More } from '../../parts/more.js';
import { Page } from '../../parts/page.js';
import { useTexts } from '../../texts/texts.js';
import { FigureTable } from './figure-table.js';
import { PeriodPicker, useStableAddress } from './period-picker.js';
import { useReports } from './reports-api.js';
import { REPORTS_TEXTS } from './texts.js';
import { queryOf, wholeSpan } from './view.js';

const SHOWN: readonly (keyof InstanceFigures)[] = [
  ...(['started', 'completed', 'terminated', 'inFlight', 'incidents'] as const),
  ...(['late', 'onTime', 'attainment', 'median', 'p95'] as const),
];

/** Processes with their key figures. */
export function ReportsPage(): ReactNode {
  const say = useTexts(REPORTS_TEXTS);
  const called = useProcessNames();
  const view = useSearch({ from: '/shell/reports' });
  const navigate = useNavigate({ from: '/reports' });
  const span = wholeSpan(view);
  useStableAddress(view, () => void navigate({ search: span, replace: true }));
  const query = useReports(queryOf(span));
  return (
    <Page
      title={say('title')}
      about={say('about')}
      actions={
        <Button
          component="a"
          variant="default"
          href={`/api/v1/reports.csv?${queryOf(span)}`}
          download
        >
          {say('csv')}
        </Button>
      }
    >
      <PeriodPicker
        view={view}
        change={(changes) => void navigate({ search: { ...span, ...changes }, replace: true })}
      />
      <Loaded query={query}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty text={say('none')} />;
          return (
            <Stack gap="sm">
              <FigureTable
                label={say('title')}
                first={say('process')}
                names={SHOWN}
                rows={items.map(({ processDefinitionId: process, name, figures }) => ({
                  key: process,
                  figures,
                  title: (
                    <Anchor
                      component={Link}
                      to="/reports/$process"
                      params={{ process } as never}
                      search={span as never}
                    >
                      {called(process, name)}
                    </Anchor>
                  ),
                }))}
              />
              <More query={query} label={say('more')} />
            </Stack>
          );
        }}
      </Loaded>
    </Page>
  );
}
