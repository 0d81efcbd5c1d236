import { Alert, Button, Group, List, Modal, Select, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useKindName } from '../../parts/diagram/use-kind-name.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import type { ActOutcome, WholeInstance } from './instances-api.js';
import { namesIn } from './names.js';
import { Reason } from './reason-dialog.js';
import { INSTANCES_TEXTS } from './texts.js';
import { useAct, useTrial } from './use-act.js';

/** Moves what is active at a step to another, after a look at what that does. */
export function MoveDialog({
  instance,
  close,
}: {
  readonly instance: WholeInstance;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const kindName = useKindName();
  const { outline, processInstanceKey: key } = instance;
  const active = outline.filter(({ mark }) => mark === 'active' || mark === 'incident');
  const [from, setFrom] = useState<string | null>(active.at(-1)?.elementId ?? null);
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const trial = useTrial(key);
  const act = useAct(key, say('moveDone'), close);
  const wanted = { kind: 'modify', moves: [{ from: { elementId: from }, to }] };
  const choices = (rows: WholeInstance['outline']) =>
    rows.map(({ elementId, name, kind }) => ({
      value: elementId,
      label: `${name ?? elementId} (${kindName(kind)})`,
    }));
  const targets = outline.filter(
    ({ kind }) => kind !== 'boundaryEvent' && kind !== 'startEvent' && kind !== 'eventSubProcess',
  );
  const preview = trial.data?.modification ?? null;
  return (
    <Modal
      opened
      onClose={close}
      closeButtonProps={{ 'aria-label': say('close') }}
      title={say('moveTitle')}
      size="lg"
    >
      <Stack>
        <Select
          label={say('moveFrom')}
          data={choices(active)}
          value={from}
          onChange={(value) => {
            setFrom(value);
            trial.reset();
          }}
        />
        <Select
          label={say('moveTo')}
          searchable
          data={choices(targets)}
          value={to}
          onChange={(value) => {
            setTo(value);
            trial.reset();
          }}
        />
        <Group>
          <Button
            variant="default"
            disabled={from === null || to === null}
            loading={trial.isPending}
            onClick={() => trial.mutate(wanted)}
          >
            {say('preview')}
          </Button>
        </Group>
        {trial.error && <ProblemAlert error={trial.error} />}
        {preview && <Preview preview={preview} outline={outline} />}
        <Reason reason={reason} setReason={setReason} />
        {act.error && <ProblemAlert error={act.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {say('close')}
          </Button>
          <Button
            disabled={preview === null}
            loading={act.isPending}
            onClick={() => act.mutate({ act: wanted, reason })}
          >
            {say('move')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Preview({
  preview,
  outline,
}: {
  readonly preview: NonNullable<ActOutcome['modification']>;
  readonly outline: WholeInstance['outline'];
}): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const of = (rows: readonly { readonly elementId: string }[]): readonly string[] =>
    rows.map(({ elementId }) => elementId);
  const lines = [
    ['previewCancelled', of(preview.cancelled)],
    ['previewTasks', of(preview.tasks)],
    ['previewTimers', preview.timers],
    ['previewEntered', [...preview.placed, ...of(preview.entered)]],
    ['previewThen', preview.waitingAt],
  ] as const;
  const shown = lines.filter(([, ids]) => ids.length > 0);
  return (
    <Alert color="teal" role="status">
      {shown.length === 0 ? (
        say('previewNothing')
      ) : (
        <List size="sm">
          {shown.map(([key, ids]) => (
            <List.Item key={key}>{say(key, { what: namesIn(outline, ids) })}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
