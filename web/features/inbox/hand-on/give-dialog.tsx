import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Colleague, TaskItem } from '../../../../contracts/tasks.js';
import { colleagues } from '../../../api/colleagues.js';
import { usePerson } from '../../../api/session.js';
import { useTexts } from '../../../texts/texts.js';
import type { ReadTask } from '../asking.js';
import { TASK_TEXTS } from '../task-texts.js';
import { Refused } from './refused.js';
import { useHandOn } from './use-hand-on.js';

/** Whether a task waits for somebody, by their name or a group of theirs. */
const isCandidate = ({ loginName, groups }: Colleague, task: TaskItem): boolean =>
  task.candidateUsers.includes(loginName) ||
  task.candidateGroups.some((group) => groups.includes(group));

/** Asks to whom a task is given for good, or delegated until they return it. */
export function GiveDialog({
  whole,
  isDelegation,
  close,
}: {
  readonly whole: ReadTask;
  readonly isDelegation: boolean;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(TASK_TEXTS);
  const { loginName } = usePerson();
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const { data } = useQuery(colleagues);
  const give = useHandOn(whole, close);
  const { task } = whole;
  const others = (data?.items ?? []).filter(
    (one) => one.loginName !== (isDelegation ? loginName : task.assignee),
  );
  const [candidates, rest] = [true, false].map((is) =>
    others
      .filter((one) => isCandidate(one, task) === is)
      .map((one) => ({ value: one.loginName, label: `${one.displayName} (${one.loginName})` })),
  );
  const options = [
    { group: say('candidates'), items: candidates ?? [] },
    { group: say('others'), items: rest ?? [] },
  ].filter(({ items }) => items.length > 0);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (to === null) return;
    const why = { reason: reason.trim() || null };
    give.mutate(
      isDelegation
        ? { path: '/delegation', body: { to, ...why }, told: say('delegated', { who: to }) }
        : {
            path: '/assignment',
            body: { assignee: to, mayReassign: true, ...why },
            told: say('assigned', { who: to }),
          },
    );
  };
  return (
    <Modal
      opened
      onClose={close}
      title={say(isDelegation ? 'delegate' : 'assign')}
      closeButtonProps={{ 'aria-label': say('cancel') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{say(isDelegation ? 'delegateAbout' : 'assignAbout')}</Text>
          <Refused error={give.error} />
          <Select
            label={say('to')}
            data={options}
            value={to}
            onChange={setTo}
            required
            searchable
            data-autofocus
          />
          <Textarea
            label={say('reason')}
            description={say('reasonAbout')}
            autosize
            maxLength={2000}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {say('cancel')}
            </Button>
            <Button type="submit" disabled={to === null} loading={give.isPending}>
              {say(isDelegation ? 'delegateIt' : 'assignIt')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
