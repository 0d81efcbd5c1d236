import { Button, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import type { TaskItem } from '../../../../contracts/tasks.js';
import { localOf } from '../../../parts/local-time.js';
import { useTexts } from '../../../texts/texts.js';
import type { ReadTask } from '../asking.js';
import { TASK_TEXTS } from '../task-texts.js';
import { Refused } from './refused.js';
import { useHandOn } from './use-hand-on.js';

/** Changes when a task is due, when it is taken up again, and how urgent it is; what stays is not sent. */
export function DatesDialog({
  whole,
  close,
}: {
  readonly whole: ReadTask;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(TASK_TEXTS);
  const change = useHandOn(whole, close);
  const { task } = whole;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const body = changesOf(task, new FormData(event.currentTarget));
    if (Object.keys(body).length === 0) close();
    else change.mutate({ method: 'PATCH', path: '', body, told: say('kept') });
  };
  return (
    <Modal
      opened
      onClose={close}
      title={say('dates')}
      closeButtonProps={{ 'aria-label': say('cancel') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Refused error={change.error} />
          <TextInput
            type="datetime-local"
            name="dueAt"
            label={say('due')}
            defaultValue={localOf(task.dueAt)}
            data-autofocus
          />
          <TextInput
            type="datetime-local"
            name="followUpAt"
            label={say('followUp')}
            defaultValue={localOf(task.followUpAt)}
          />
          <NumberInput
            name="priority"
            label={say('priority')}
            description={say('priorityAbout')}
            min={0}
            max={100}
            allowDecimal={false}
            required
            defaultValue={task.priority}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {say('cancel')}
            </Button>
            <Button type="submit" loading={change.isPending}>
              {say('keep')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What differs from what the task has. An empty date is taken away. */
function changesOf(task: TaskItem, sent: FormData): Record<string, string | number | null> {
  const changes: Record<string, string | number | null> = {};
  for (const name of ['dueAt', 'followUpAt'] as const) {
    const text = String(sent.get(name) ?? '');
    if (text !== localOf(task[name])) changes[name] = text ? new Date(text).toISOString() : null;
  }
  const priority = Number(sent.get('priority'));
  if (priority !== task.priority) changes.priority = priority;
  return changes;
}
