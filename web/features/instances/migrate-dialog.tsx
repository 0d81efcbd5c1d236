import { Alert, Button, Group, List, Modal, Select, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { useDefinitions, type WholeInstance } from './instances-api.js';
import { Reason } from './reason-dialog.js';
import { INSTANCES_TEXTS } from './texts.js';
import { useAct, useTrial } from './use-act.js';

/** Lets an instance go on with another version, after a look at what is in the way. */
export function MigrateDialog({
  instance,
  close,
}: {
  readonly instance: WholeInstance;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const { processInstanceKey: key, processDefinitionId, version: from } = instance;
  const versions = (useDefinitions().data ?? [])
    .filter((one) => one.processDefinitionId === processDefinitionId && one.version !== from)
    .map(({ version }) => String(version));
  const [chosen, setChosen] = useState<string | null>(null);
  const to = chosen ?? versions[0] ?? null;
  const [reason, setReason] = useState('');
  const trial = useTrial(key);
  const act = useAct(key, say('migrateDone', { to: to ?? '' }), close);
  const wanted = { kind: 'migrate', version: to === null ? null : Number(to) };
  const preview = trial.data?.migration ?? null;
  return (
    <Modal
      opened
      onClose={close}
      closeButtonProps={{ 'aria-label': say('close') }}
      title={say('migrateTitle')}
      size="lg"
    >
      <Stack>
        <Select
          label={say('migrateTo')}
          allowDeselect={false}
          data={versions}
          value={to}
          onChange={(value) => {
            setChosen(value);
            trial.reset();
          }}
        />
        <Text size="sm">{say('migrateAbout', { from, to: to ?? '' })}</Text>
        <Group>
          <Button
            variant="default"
            disabled={to === null}
            loading={trial.isPending}
            onClick={() => trial.mutate(wanted)}
          >
            {say('preview')}
          </Button>
        </Group>
        {trial.error && <ProblemAlert error={trial.error} />}
        {preview && (
          <Alert color={preview.problems.length > 0 ? 'red' : 'teal'} role="status">
            {preview.problems.length === 0 ? (
              say('migrateOk')
            ) : (
              <List size="sm">
                {preview.problems.map(({ code, message }) => (
                  <List.Item key={`${code} ${message}`}>{`${code}: ${message}`}</List.Item>
                ))}
              </List>
            )}
          </Alert>
        )}
        <Reason reason={reason} setReason={setReason} />
        {act.error && <ProblemAlert error={act.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {say('close')}
          </Button>
          <Button
            disabled={preview === null || preview.problems.length > 0}
            loading={act.isPending}
            onClick={() => act.mutate({ act: wanted, reason })}
          >
            {say('migrate')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
