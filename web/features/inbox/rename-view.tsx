import { Button, Group, Modal, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import type { InboxViewOnWire } from '../../../contracts/tasks.js';
import { ask } from '../../api/ask.js';
import { useNotice } from '../../parts/notices.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { VIEWS_KEY } from './asking.js';
import { INBOX_TEXTS } from './texts.js';

/** Gives one's own view another name, or shares it; its address stays. Refused when it was changed since it was seen. */
export function RenameView({
  view,
  close,
}: {
  readonly view: InboxViewOnWire;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(INBOX_TEXTS);
  const tell = useNotice();
  const queries = useQueryClient();
  const rename = useMutation({
    mutationFn: (changes: { readonly name: string; readonly isShared: boolean }) =>
      ask(`/api/v1/inbox-views/${view.viewId}`, {
        ...{ method: 'PATCH', body: { ...changes, version: view.version } },
      }),
    onSuccess: () => {
      close();
      tell('good', say('renamed'));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: VIEWS_KEY }),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    rename.mutate({ name: String(data.get('name')), isShared: data.has('isShared') });
  };
  return (
    <Modal
      opened
      onClose={close}
      title={say('renameLabel', { name: view.name })}
      closeButtonProps={{ 'aria-label': say('cancel') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {rename.error && <ProblemAlert error={rename.error} />}
          <TextInput
            name="name"
            label={say('saveAs')}
            required
            maxLength={100}
            defaultValue={view.name}
            data-autofocus
          />
          <Switch name="isShared" label={say('share')} defaultChecked={view.isShared} />
          <Group>
            <Button type="submit" loading={rename.isPending}>
              {say('saveIt')}
            </Button>
            <Button variant="default" onClick={close}>
              {say('cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
