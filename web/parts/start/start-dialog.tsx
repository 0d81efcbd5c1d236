import { Alert, Anchor, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { RawComponent } from '../../../engine/model/index.js';
import { type Definition, useDefinitions } from '../../api/definitions.js';
import { useProcessNames } from '../../api/process-names.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { type FormHandle, TaskForm } from '../form/task-form.js';
import { Loaded } from '../loaded.js';
import { ProblemAlert } from '../problem-alert.js';
import {
  givenTo,
  type Start,
  type Started,
  startable,
  useStart,
  useStartForm,
} from './start-api.js';
import { START_TEXTS } from './start-texts.js';

/** Starts a process by its form: which one, what the form asks, and then a way to the instance. */
export function StartDialog({
  customerId,
  close,
}: {
  readonly customerId: string | null;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(START_TEXTS);
  const definitions = useDefinitions();
  const [key, setKey] = useState<string | null>(null);
  const [started, setStarted] = useState<Started | null>(null);
  const called = useProcessNames();
  const nameOf = ({ name, processDefinitionId }: Definition): string =>
    called(processDefinitionId, name);
  const all = startable(definitions.data ?? [], nameOf);
  const chosen = all.find((one) => one.processDefinitionKey === key) ?? null;
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={say('start')}
      closeButtonProps={{ 'aria-label': say('cancel') }}
    >
      {started && chosen ? (
        <Done name={nameOf(chosen)} started={started} again={() => setStarted(null)} />
      ) : (
        <Loaded query={definitions}>
          {() => (
            <Stack gap="sm">
              <Select
                label={say('process')}
                description={all.length > 0 ? say('processAbout') : say('none')}
                data={all.map((one) => ({ value: one.processDefinitionKey, label: nameOf(one) }))}
                value={key}
                onChange={setKey}
                searchable
                required
                data-autofocus
              />
              {chosen && (
                <Filled
                  key={chosen.processDefinitionKey}
                  definition={chosen}
                  customerId={customerId}
                  done={setStarted}
                  close={close}
                />
              )}
            </Stack>
          )}
        </Loaded>
      )}
    </Modal>
  );
}

function Done({
  name,
  started: { processInstanceKey },
  again,
}: {
  readonly name: string;
  readonly started: Started;
  readonly again: () => void;
}): ReactNode {
  const say = useTexts(START_TEXTS);
  return (
    <Alert color="teal" role="status">
      <Text fw={600} mb="xs">
        {say('started', { name })}
      </Text>
      <Group>
        <Anchor component={Link} to={`/instances/${processInstanceKey}`} data-autofocus>
          {say('toInstance')}
        </Anchor>
        <Button size="xs" variant="default" onClick={again}>
          {say('another')}
        </Button>
      </Group>
    </Alert>
  );
}

interface Filling {
  readonly definition: Definition;
  readonly customerId: string | null;
  readonly done: (started: Started) => void;
  readonly close: () => void;
}

function Filled({ definition, ...filling }: Filling): ReactNode {
  const form = useStartForm(definition.processDefinitionKey, useLocale());
  return (
    <Loaded query={form}>
      {(schema) => <StartForm schema={schema} definition={definition} {...filling} />}
    </Loaded>
  );
}

function StartForm({
  schema,
  definition: { processDefinitionKey },
  customerId,
  done,
  close,
}: Filling & { readonly schema: Parameters<typeof TaskForm>[0]['schema'] }): ReactNode {
  const say = useTexts(START_TEXTS);
  const queries = useQueryClient();
  const handle = useRef<FormHandle | null>(null);
  const [businessId, setBusinessId] = useState('');
  const start = useStart();
  const given = useMemo(
    () => (customerId === null ? {} : givenTo(schema as RawComponent, customerId)),
    [schema, customerId],
  );
  const submit = (): void => {
    const variables = handle.current?.submit();
    if (!variables || start.isPending) return;
    const named = businessId.trim();
    const wanted: Start = { processDefinitionKey, variables, ...(named && { businessId: named }) };
    start.mutate(wanted, {
      onSuccess: async (started) => {
        done(started);
        await queries.invalidateQueries({ queryKey: ['instances'] });
      },
    });
  };
  return (
    <Stack gap="sm">
      {given === null && (
        <Text size="sm" c="dimmed">
          {say('noCustomer')}
        </Text>
      )}
      <section aria-label={say('form')}>
        <TaskForm
          schema={schema}
          variables={given ?? {}}
          draft={{}}
          isReadOnly={false}
          changed={() => {}}
          handle={handle}
        />
      </section>
      <TextInput
        label={say('businessKey')}
        description={say('businessKeyAbout')}
        maxLength={256}
        value={businessId}
        onChange={({ currentTarget }) => setBusinessId(currentTarget.value)}
      />
      {start.error && <ProblemAlert error={start.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {say('cancel')}
        </Button>
        <Button loading={start.isPending} onClick={submit}>
          {say('startIt')}
        </Button>
      </Group>
    </Stack>
  );
}
