import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import type { WholeInstance } from './instances-api.js';
import { INSTANCES_TEXTS } from './texts.js';
import { useAct } from './use-act.js';

const DONE = { suspend: 'suspendDone', resume: 'resumeDone', cancel: 'cancelDone' } as const;

/** Asks why, and does it. */
export function ReasonDialog({
  instance,
  kind,
  close,
}: {
  readonly instance: WholeInstance;
  readonly kind: keyof typeof DONE;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const [reason, setReason] = useState('');
  const act = useAct(instance.processInstanceKey, say(DONE[kind]), close);
  return (
    <Modal
      opened
      onClose={close}
      closeButtonProps={{ 'aria-label': say('close') }}
      title={kind === 'cancel' ? say('cancelTitle') : say(kind)}
    >
      <Stack>
        {kind === 'cancel' && <Text size="sm">{say('cancelAbout')}</Text>}
        <Reason reason={reason} setReason={setReason} />
        {act.error && <ProblemAlert error={act.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {say('close')}
          </Button>
          <Button
            {...(kind === 'cancel' && { color: 'red.9' })}
            loading={act.isPending}
            onClick={() => act.mutate({ act: { kind }, reason })}
          >
            {say(kind)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Why: kept in the audit. */
export function Reason({
  reason,
  setReason,
}: {
  readonly reason: string;
  readonly setReason: (reason: string) => void;
}): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  return (
    <Textarea
      label={say('reason')}
      description={say('reasonAbout')}
      autosize
      minRows={2}
      maxLength={2000}
      value={reason}
      onChange={({ currentTarget }) => setReason(currentTarget.value)}
    />
  );
}
