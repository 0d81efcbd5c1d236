import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useNotice } from '../../parts/notices.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { Trial } from './batch-trial.js';
import {
  type BatchTrial,
  beginBatch,
  type Definition,
  type SentPlan,
  tryBatch,
} from './instances-api.js';
import type { Narrowing } from './narrowing.js';
import { INSTANCES_TEXTS } from './texts.js';

const TYPES = [
  'CANCEL_PROCESS_INSTANCE',
  'SUSPEND_PROCESS_INSTANCE',
  'RESUME_PROCESS_INSTANCE',
  'RESOLVE_INCIDENT',
  'MIGRATE_PROCESS_INSTANCE',
] as const;

/** An act upon all that fit: what, tried out, why, begun. */
export function BatchDialog({
  narrowing,
  definitions,
  close,
}: {
  readonly narrowing: Narrowing;
  readonly definitions: readonly Definition[];
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const tell = useNotice();
  const navigate = useNavigate();
  const [type, setType] = useState<(typeof TYPES)[number]>('CANCEL_PROCESS_INSTANCE');
  const [target, setTarget] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const plan = planOf(type, target);
  const trial = useMutation({ mutationFn: (of: SentPlan) => tryBatch(of, narrowing) });
  const begin = useMutation({
    mutationFn: (of: SentPlan) => beginBatch(of, narrowing, reason),
    onSuccess: ({ total }) => {
      tell('good', say('batchBegun', { total }));
      close();
      void navigate({ to: '/batches' });
    },
  });
  const versions = definitions.filter((one) => one.processDefinitionId === narrowing.process);
  const nowhere = nowhereOf(narrowing.process, versions);
  // A plan that was changed since is tried out again first.
  const mayBegin = trial.data !== undefined && wouldChange(trial.data);
  return (
    <Modal
      opened
      onClose={close}
      closeButtonProps={{ 'aria-label': say('close') }}
      title={say('batchTitle')}
      size="lg"
    >
      <Stack>
        <Select
          label={say('how')}
          allowDeselect={false}
          description={say(`about_${type}`)}
          data={TYPES.map((value) => ({
            ...{ value, label: say(`type_${value}`) },
            disabled: value === 'MIGRATE_PROCESS_INSTANCE' && nowhere !== null,
          }))}
          value={type}
          onChange={(value) => {
            setType(TYPES.find((one) => one === value) ?? type);
            trial.reset();
          }}
        />
        {nowhere !== null && (
          <Text size="sm" c="dimmed">
            {say(nowhere)}
          </Text>
        )}
        {type === 'MIGRATE_PROCESS_INSTANCE' && (
          <Select
            label={say('migrateTo')}
            data={versions.map(({ processDefinitionKey: value, version }) => ({
              ...{ value, label: String(version) },
            }))}
            value={target}
            onChange={(value) => {
              setTarget(value);
              trial.reset();
            }}
          />
        )}
        <Text size="sm" c="dimmed">
          {say('tryAbout')}
        </Text>
        <Group>
          <Button
            variant="default"
            disabled={plan === null}
            loading={trial.isPending}
            onClick={() => plan && trial.mutate(plan)}
          >
            {say('tryOut')}
          </Button>
        </Group>
        {trial.error && <ProblemAlert error={trial.error} />}
        {trial.data && <Trial trial={trial.data} type={type} />}
        <Textarea
          label={say('reason')}
          description={say('reasonAbout')}
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        {begin.error && <ProblemAlert error={begin.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {say('close')}
          </Button>
          <Button
            disabled={!mayBegin || plan === null}
            loading={begin.isPending}
            onClick={() => plan && begin.mutate(plan)}
          >
            {say('begin', { count: trial.data?.total ?? 0 })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Whether beginning is of any use, as far as is known: not all that are meant were looked at. Class: pure. */
const wouldChange = ({ total, isTooMany, verdicts, next }: BatchTrial): boolean =>
  !isTooMany && total > 0 && (next !== null || verdicts.some(({ outcome }) => outcome === 'would'));

/** Why nothing can be migrated; null: it can. */
function nowhereOf(
  process: string | undefined,
  versions: readonly Definition[],
): 'migrateNoProcess' | 'migrateOneVersion' | null {
  if (process === undefined) return 'migrateNoProcess';
  return versions.length > 1 ? null : 'migrateOneVersion';
}

function planOf(type: (typeof TYPES)[number], target: string | null): SentPlan | null {
  if (type !== 'MIGRATE_PROCESS_INSTANCE') return { type };
  return target === null ? null : { type, targetProcessDefinitionKey: target, mappings: [] };
}
