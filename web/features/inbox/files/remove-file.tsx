import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { AttachmentOnWire } from '../../../../contracts/tasks.js';
import { useNotice } from '../../../parts/notices.js';
import { ProblemAlert } from '../../../parts/problem-alert.js';
import { useTexts } from '../../../texts/texts.js';
import { filesKey, removeFile } from './asking.js';
import { FILE_TEXTS } from './file-texts.js';

/** Asks whether a file is taken away for good; why, of whoever did not attach it. */
export function RemoveFile({
  one: { attachmentId, name },
  taskKey,
  needsReason,
  close,
}: {
  readonly one: AttachmentOnWire;
  readonly taskKey: string;
  readonly needsReason: boolean;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(FILE_TEXTS);
  const tell = useNotice();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const remove = useMutation({
    mutationFn: () => removeFile(taskKey, attachmentId, reason.trim() || null),
    onSuccess: () => {
      close();
      tell('good', say('removed', { name }));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: filesKey(taskKey) }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    remove.mutate();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={say('removeTitle')}
      closeButtonProps={{ 'aria-label': say('cancel') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {remove.error && <ProblemAlert error={remove.error} />}
          <Text size="sm">{say('removeAbout', { name })}</Text>
          <Textarea
            label={say('reason')}
            autosize
            maxLength={2000}
            required={needsReason}
            value={reason}
            data-autofocus
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {say('cancel')}
            </Button>
            <Button
              type="submit"
              color="red"
              loading={remove.isPending}
              disabled={needsReason && reason.trim() === ''}
            >
              {say('remove')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
