import { Badge, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Download } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { ListedAct } from '../../../contracts/records.js';
import { useLive } from '../../api/live.js';
import { useSearch } from '../../api/search.js';
import { usePerson } from '../../api/session.js';
import { SearchList } from '../../parts/search-list.js';
import { Time } from '../../parts/time.js';
import { useTexts } from '../../texts/texts.js';
import type { AuditView } from './routes.js';
import { AUDIT_TEXTS } from './texts.js';

const LogDialog = lazy(async () => ({ default: (await import('./log-dialog.js')).LogDialog }));

const ACTS = 'acts';

/** What the log says of itself is of no interest to most. */
const OF_THE_LOG = ['journal.anchored', 'audit.key'];

function bodyOf({ actor, action, object, outcome, since }: AuditView) {
  return {
    filter: {
      ...(actor && { actor }),
      action: action ? { $like: `*${action}*` } : { $notIn: OF_THE_LOG },
      ...(object && { object: { $like: `*${object}*` } }),
      ...(outcome && { outcome }),
      ...(since && { at: { $gte: `${since}T00:00:00Z` } }),
    },
  };
}

/** By what acts are filtered, as their fields are called. */
const FILTERS = ['actor', 'action', 'object', 'outcome', 'since'] as const;
const OUTCOMES = {
  done: 'outcomeDone',
  refused: 'outcomeRefused',
  failed: 'outcomeFailed',
} as const;

/** Acts and refusals, newest first. */
export function ActsList({
  view,
  change,
}: {
  readonly view: AuditView;
  readonly change: (changes: AuditView) => void;
}): ReactNode {
  const say = useTexts(AUDIT_TEXTS);
  const searching = useSearch<ListedAct>(ACTS, '/api/v1/acts/search', bodyOf(view));
  useLive(['audit.appended'], [[ACTS]]);
  // What is typed stays in its field: a filter that is lifted elsewhere begins its fields anew.
  const [lifted, setLifted] = useState(0);
  const excluding = FILTERS.flatMap((name) => {
    const value = view[name];
    if (!value) return [];
    const shown = name === 'outcome' ? say(OUTCOMES[value as keyof typeof OUTCOMES]) : value;
    const lift = (): void => {
      change({ [name]: '' });
      setLifted(lifted + 1);
    };
    return [{ label: say(name), value: shown, lift }];
  });
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end" gap="sm">
        <Filters key={lifted} view={view} change={change} />
        <TakeLog view={view} />
      </Group>
      <SearchList
        searching={searching}
        empty={say('noActs')}
        excluding={excluding}
        label={say('acts')}
        keyOf={({ number }) => String(number)}
        columns={[
          { title: say('when'), cell: ({ at }) => <Time at={at} isExact /> },
          {
            title: say('who'),
            cell: ({ actor, actorName }) => actorName ?? actor ?? say('engine'),
          },
          {
            title: say('what'),
            cell: ({ sentence, outcome }) => (
              <Group gap="xs" wrap="nowrap">
                {outcome !== 'done' && (
                  <Badge color="red" variant="default" tt="none">
                    {say(outcome === 'refused' ? 'outcomeRefused' : 'outcomeFailed')}
                  </Badge>
                )}
                <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                  {sentence}
                </Text>
              </Group>
            ),
          },
          {
            title: say('why'),
            cell: ({ reason, isErased }) => (isErased ? say('gone') : (reason ?? '')),
          },
        ]}
      />
    </Stack>
  );
}

/** For auditors: the log of a time as a file. */
function TakeLog({ view: { since = '', actor = '' } }: { readonly view: AuditView }): ReactNode {
  const say = useTexts(AUDIT_TEXTS);
  const { roles } = usePerson();
  const [isOpen, setOpen] = useState(false);
  if (!roles.includes('auditor')) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<Download size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {say('takeLog')}
      </Button>
      {isOpen && (
        <Suspense>
          <LogDialog since={since} actor={actor} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

type Typed = 'actor' | 'action' | 'object';

function Filters({
  view,
  change,
}: {
  readonly view: AuditView;
  readonly change: (changes: AuditView) => void;
}): ReactNode {
  const say = useTexts(AUDIT_TEXTS);
  const [typed, type] = useState<Partial<Record<Typed, string>>>({});
  const settle = useDebouncedCallback((changes: AuditView) => change(changes), 300);
  const field = (name: Typed, hint: 'actorHint' | 'actionHint' | 'objectHint'): ReactNode => (
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
      {field('actor', 'actorHint')}
      {field('action', 'actionHint')}
      {field('object', 'objectHint')}
      <NativeSelect
        label={say('outcome')}
        value={view.outcome ?? ''}
        data={[
          { value: '', label: say('outcomeAny') },
          { value: 'done', label: say('outcomeDone') },
          { value: 'refused', label: say('outcomeRefused') },
          { value: 'failed', label: say('outcomeFailed') },
        ]}
        onChange={({ currentTarget: { value } }) => change({ outcome: value })}
      />
      <TextInput
        type="date"
        label={say('since')}
        value={view.since ?? ''}
        onChange={({ currentTarget: { value } }) => change({ since: value })}
      />
    </Group>
  );
}
