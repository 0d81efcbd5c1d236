/** Views that people keep: chosen, saved, renamed. Each has an address that can be sent to others. */
import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Bookmark } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { ask } from '../../api/ask.js';
import { useWorks } from '../../api/works.js';
import { useNotice } from '../../parts/notices.js';
import { useTexts } from '../../texts/texts.js';
import { savedViews, VIEWS_KEY } from './asking.js';
import type { Looking } from './looking.js';
import { INBOX_TEXTS } from './texts.js';

const RenameView = lazy(async () => ({ default: (await import('./rename-view.js')).RenameView }));
const SaveView = lazy(async () => ({ default: (await import('./save-view.js')).SaveView }));

/** The menu of them. */
export function SavedViews({ looking }: { readonly looking: Looking }): ReactNode {
  const say = useTexts(INBOX_TEXTS);
  const navigate = useNavigate();
  const works = useWorks();
  const [isOpen, { open, close }] = useDisclosure();
  const [isRenaming, renaming] = useDisclosure();
  const { data } = useQuery(savedViews);
  const items = data?.items ?? [];
  const show = (viewId: string): void => void navigate({ to: '/inbox', search: { saved: viewId } });
  const shown = items.find(({ viewId, isOwn }) => isOwn && viewId === looking.saved);
  const remove = useRemove();
  // A menu with nothing to choose is none.
  if (!works && items.length === 0) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<Bookmark size={16} aria-hidden />}>
            {say('saved')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {items.length === 0 && <Menu.Label>{say('noSaved')}</Menu.Label>}
          {items.map(({ viewId, name, isOwn, owner }) => (
            <Menu.Item key={viewId} onClick={() => show(viewId)}>
              {name} {!isOwn && say('ofOthers', { who: owner })}
            </Menu.Item>
          ))}
          {works && (
            <>
              <Menu.Divider />
              <Menu.Item onClick={open}>{say('save')}</Menu.Item>
            </>
          )}
          {works && shown && (
            <>
              <Menu.Item onClick={renaming.open}>
                {say('renameLabel', { name: shown.name })}
              </Menu.Item>
              <Menu.Item color="red.9" onClick={() => remove(shown.viewId)}>
                {say('removeLabel', { name: shown.name })}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {isOpen && (
        <Suspense>
          <SaveView looking={looking} done={show} close={close} />
        </Suspense>
      )}
      {isRenaming && shown && (
        <Suspense>
          <RenameView view={shown} close={renaming.close} />
        </Suspense>
      )}
    </>
  );
}

/** Removes a view, and shows what everybody sees. */
function useRemove(): (viewId: string) => void {
  const say = useTexts(INBOX_TEXTS);
  const tell = useNotice();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const removal = useMutation({
    mutationFn: (viewId: string) => ask(`/api/v1/inbox-views/${viewId}`, { method: 'DELETE' }),
    onSuccess: () => {
      void navigate({ to: '/inbox' });
      tell('good', say('removed'));
    },
    onError: ({ message }) => tell('bad', message),
    onSettled: () => queries.invalidateQueries({ queryKey: VIEWS_KEY }),
  });
  return removal.mutate;
}
