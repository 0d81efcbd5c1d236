import { Button, Group, Modal, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import type { InboxViewOnWire } from '../../../contracts/tasks.js';
import { ask } from '../../api/ask.js';
import { useNotice } from '../../parts/notices.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { VIEWS_KEY } from './asking.js';
import { type Looking, queryOf } from './looking.js';
import { INBOX_TEXTS } from './texts.js';

/** Keeps what is looked for as a view with a name, of one's own or for all. */
export function SaveView({
  looking,
  done,
  close,
}: {
  readonly looking: Looking;
  readonly done: (viewId: string) => void;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(INBOX_TEXTS);
  const tell = useNotice();
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (body: { readonly name: string; readonly isShared: boolean }) =>
      ask<InboxViewOnWire>('/api/v1/inbox-views', {
        ...{ method: 'POST', body: { ...body, query: queryOf(looking) } },
      }),
    onSuccess: async ({ viewId }) => {
      await queries.invalidateQueries({ queryKey: VIEWS_KEY });
      close();
      done(viewId);
      tell('good', say('savedIt'));
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    save.mutate({ name: String(data.get('name')), isShared: data.has('isShared') });
  };
  return (
    <Modal
      opened
      onClose={close}
      title={say('save')}
      closeButtonProps={{ 'aria-label': say('cancel') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {save.error && <ProblemAlert error={save.error} />}
          <TextInput name="name" label={say('saveAs')} required maxLength={100} data-autofocus />
          <Switch name="isShared" label={say('share')} />
          <Group>
            <Button type="submit" loading={save.isPending}>
              {say('saveIt')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
