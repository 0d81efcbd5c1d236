/** The list: views, search, order. What is looked for stands in the address. */
import { Anchor, Group, NativeSelect, Tabs, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useLive } from '../../api/live.js';
import { usePerson } from '../../api/session.js';
import { useKeys } from '../../app/keys.js';
import { Empty } from '../../parts/empty.js';
import { Loaded } from '../../parts/loaded.js';
import { Page } from '../../parts/page.js';
import { useTexts } from '../../texts/texts.js';
import { counts, EVENTS, listOf, savedViews, TASKS } from './asking.js';
import './inbox.css';
import { useWorks } from '../../api/works.js';
import { keyOf, type Look, type Looking, queryOf, readLooking, SORTS, VIEWS } from './looking.js';
import { INBOX_AREA } from './nav.js';
import { SavedViews } from './saved-views.js';
import { TaskListing } from './task-listing.js';
import { INBOX_TEXTS } from './texts.js';

/** The page; to whoever has no part in tasks it says so, and whose it is. */
export function InboxPage(): ReactNode {
  const { roles } = usePerson();
  return roles.some((role) => INBOX_AREA.roles.includes(role)) ? <Tasks /> : <NotYours />;
}

function NotYours(): ReactNode {
  const say = useTexts(INBOX_TEXTS);
  return (
    <Page title={say('title')}>
      <Empty text={say('notYours')}>
        <Anchor component={Link} to="/">
          {say('toStart')}
        </Anchor>
      </Empty>
    </Page>
  );
}

function Tasks(): ReactNode {
  const say = useTexts(INBOX_TEXTS);
  const works = useWorks();
  const { looking, look } = useLooking();
  const query = queryOf(looking);
  const list = useInfiniteQuery(listOf(query));
  const counted = useQuery(counts);
  useLive(EVENTS, [TASKS]);
  const late = counted.data?.mineLate.count ?? 0;
  const own = late > 0 ? say('about', { count: late }) : say('aboutNone');
  return (
    <Page
      title={say('title')}
      about={works ? counted.data && own : say('reads')}
      actions={<SavedViews looking={looking} />}
    >
      <Views view={query.view} look={look} />
      <Bar key={looking.saved ?? ''} looking={looking} look={look} />
      <Loaded query={list}>
        {({ pages }) => (
          <TaskListing
            pages={pages}
            looking={looking}
            look={look}
            more={list.hasNextPage ? () => void list.fetchNextPage() : null}
          />
        )}
      </Loaded>
    </Page>
  );
}

/** What the address says, on top of the saved view that it names. */
function useLooking(): { readonly looking: Looking; readonly look: Look } {
  const search: Looking = useSearch({ strict: false });
  const navigate = useNavigate();
  const saved = useQuery({ ...savedViews, enabled: search.saved !== undefined });
  const kept = saved.data?.items.find(({ viewId }) => viewId === search.saved);
  const looking = { ...(kept && readLooking(kept.query)), ...search };
  return {
    looking,
    look: (changes) =>
      void navigate({ to: '/inbox', search: readLooking({ ...looking, ...changes }) }),
  };
}

function Views({ view, look }: { readonly view: string; readonly look: Look }): ReactNode {
  const say = useTexts(INBOX_TEXTS) as (key: string) => string;
  const { data } = useQuery(counts);
  const numbers: Readonly<Record<string, { count: number; isExact: boolean }>> = data ?? {};
  return (
    <Tabs
      value={view}
      onChange={(next) => look({ view: next as never, sort: undefined as never })}
      aria-label={say('views')}
    >
      <Tabs.List>
        {VIEWS.map((one) => {
          const number = numbers[one];
          return (
            <Tabs.Tab key={one} value={one}>
              {say(keyOf('view', one))}{' '}
              <span className="app-number">
                {number && `${number.count}${number.isExact ? '' : '+'}`}
              </span>
            </Tabs.Tab>
          );
        })}
      </Tabs.List>
    </Tabs>
  );
}

/** Typing is looked for when it pauses. */
const PAUSE_MS = 300;

function Bar({ looking, look }: { readonly looking: Looking; readonly look: Look }): ReactNode {
  const say = useTexts(INBOX_TEXTS) as (key: string) => string;
  const [text, setText] = useState(looking.text ?? '');
  const field = useRef<HTMLInputElement>(null);
  const search = useDebouncedCallback((next: string) => look({ text: next }), PAUSE_MS);
  useKeys(say('keys'), [{ keys: '/', text: say('keySearch'), act: () => field.current?.focus() }]);
  const isDone = looking.view === 'completed';
  const sorts = isDone ? (['ended', ...SORTS] as const) : SORTS;
  return (
    <Group align="flex-start" gap="sm">
      <TextInput
        ref={field}
        label={say('search')}
        description={say('searchAbout')}
        inputWrapperOrder={['label', 'input', 'description']}
        leftSection={<Search size={16} aria-hidden />}
        value={text}
        maxLength={200}
        flex="1 1 16rem"
        onChange={({ currentTarget: { value } }) => {
          setText(value);
          search(value);
        }}
      />
      <NativeSelect
        label={say('sort')}
        flex="0 1 12rem"
        value={looking.sort ?? (isDone ? 'ended' : 'breach')}
        data={sorts.map((value) => ({ value, label: say(keyOf('sort', value)) }))}
        onChange={({ currentTarget }) => look({ sort: currentTarget.value as never })}
      />
    </Group>
  );
}
