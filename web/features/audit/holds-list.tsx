import { Badge } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ErasureRow, HoldRow } from '../../../contracts/records.js';
import { useLive } from '../../api/live.js';
import { useSearch } from '../../api/search.js';
import { SearchList } from '../../parts/search-list.js';
import { Time } from '../../parts/time.js';
import { useTexts } from '../../texts/texts.js';
import { AUDIT_TEXTS } from './texts.js';

/** What keeps data from being erased. */
export function HoldsList(): ReactNode {
  const say = useTexts(AUDIT_TEXTS);
  const searching = useSearch<HoldRow>('holds', '/api/v1/holds/search', {});
  useLive(['process_instance.changed'], [['holds']], (event) => isOf(event, 'legal-hold'));
  return (
    <SearchList
      searching={searching}
      empty={say('noHolds')}
      label={say('holds')}
      keyOf={({ holdId }) => holdId}
      columns={[
        {
          title: say('customer'),
          cell: ({ customerId, legalName }) => (
            <Link to={`/customers/${customerId}` as string} className="app-link">
              {legalName ?? customerId}
            </Link>
          ),
        },
        { title: say('records'), cell: ({ records }) => records?.join(', ') ?? say('gone') },
        { title: say('reason'), cell: ({ reason }) => reason ?? say('gone') },
        {
          title: say('placed'),
          cell: ({ placedAt, placedBy }) => (
            <>
              <Time at={placedAt} isExact /> · {placedBy}
            </>
          ),
        },
        {
          title: say('released'),
          cell: ({ releasedAt }) =>
            releasedAt ? (
              <Time at={releasedAt} isExact />
            ) : (
              <Badge variant="default" color="orange" tt="none">
                {say('holding')}
              </Badge>
            ),
        },
      ]}
    />
  );
}

/** Who asked to be erased, and how far that is. */
export function ErasuresList(): ReactNode {
  const say = useTexts(AUDIT_TEXTS);
  const searching = useSearch<ErasureRow>('erasures', '/api/v1/erasures/search', {});
  useLive(['process_instance.changed'], [['erasures']], (event) => isOf(event, 'data-deletion'));
  return (
    <SearchList
      searching={searching}
      empty={say('noErasures')}
      label={say('erasures')}
      keyOf={({ requestId }) => requestId}
      columns={[
        {
          title: say('customer'),
          cell: ({ customerId }) => (
            <Link to={`/customers/${customerId}` as string} className="app-link">
              {customerId}
            </Link>
          ),
        },
        { title: say('basis'), cell: ({ basis }) => basis },
        {
          title: say('state'),
          cell: ({ state }) => (
            <Badge variant="default" tt="none" color={state === 'certified' ? 'green' : 'orange'}>
              {state}
            </Badge>
          ),
        },
        { title: say('requestedBy'), cell: ({ requestedBy }) => requestedBy },
        { title: say('asked'), cell: ({ createdAt }) => <Time at={createdAt} isExact /> },
        {
          title: say('erasedAt'),
          cell: ({ keyDestroyedAt: at }) => (at ? <Time at={at} isExact /> : '–'),
        },
        {
          title: say('caseFile'),
          cell: ({ instanceId, certificateId }) => (
            <Link to={`/audit/cases/${instanceId}` as string} className="app-link">
              {say(certificateId === null ? 'steps' : 'certificateOf')}
            </Link>
          ),
        },
      ]}
    />
  );
}

const isOf = (
  { data }: { readonly data?: { readonly processDefinitionId?: string | undefined } | undefined },
  processId: string,
): boolean => data?.processDefinitionId === processId;
