import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePerson } from '../../api/session.js';
import { Page } from '../../parts/page.js';
import { useTexts } from '../../texts/texts.js';
import { ActsList } from './acts-list.js';
import { CasesList } from './cases-list.js';
import { ErasuresList, HoldsList } from './holds-list.js';
import type { AuditView } from './routes.js';
import { AUDIT_TEXTS } from './texts.js';

/** Cases, acts, holds, erasures. A csm sees their own acts alone. */
export function AuditPage(): ReactNode {
  const say = useTexts(AUDIT_TEXTS);
  const view = useSearch({ from: '/shell/audit' as never }) as AuditView;
  const go = useNavigate();
  const { roles } = usePerson();
  const seesAll = roles.includes('admin') || roles.includes('auditor');
  const tab = seesAll ? (view.tab ?? 'cases') : 'acts';
  const change = (changes: AuditView): void =>
    void go({ to: '/audit', search: { ...view, tab, ...changes } as never, replace: true });
  return (
    <Page title={say('title')} about={say('about')}>
      <Tabs
        value={tab}
        onChange={(next) => next && change({ tab: next as NonNullable<AuditView['tab']> })}
        keepMounted={false}
      >
        {seesAll && (
          <Tabs.List mb="md">
            <Tabs.Tab value="cases">{say('cases')}</Tabs.Tab>
            <Tabs.Tab value="acts">{say('acts')}</Tabs.Tab>
            <Tabs.Tab value="holds">{say('holds')}</Tabs.Tab>
            <Tabs.Tab value="erasures">{say('erasures')}</Tabs.Tab>
          </Tabs.List>
        )}
        {seesAll && (
          <Tabs.Panel value="cases">
            <CasesList view={view} change={change} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="acts">
          <ActsList view={view} change={change} />
        </Tabs.Panel>
        {seesAll && (
          <Tabs.Panel value="holds">
            <HoldsList />
          </Tabs.Panel>
        )}
        {seesAll && (
          <Tabs.Panel value="erasures">
            <ErasuresList />
          </Tabs.Panel>
        )}
      </Tabs>
    </Page>
  );
}
