import { Alert, Autocomplete, Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Json } from '../../../../engine/model/index.js';
import { ApiProblem } from '../../../api/problem.js';
import { Loaded } from '../../../parts/loaded.js';
import { ProblemAlert } from '../../../parts/problem-alert.js';
import { useTexts } from '../../../texts/texts.js';
import {
  type ActOutcome,
  KEYS,
  useVariables,
  type Variable,
  type WholeInstance,
} from '../instances-api.js';
import { namesIn } from '../names.js';
import { Reason } from '../reason-dialog.js';
import { type Scope, setVariable, useScopes, wholeValue } from './api.js';
import { SET_VARIABLE_TEXTS } from './texts.js';
import { type Typed, typedOf, typedValue } from './value.js';
import { ValueField } from './value-field.js';

interface Place {
  readonly instance: WholeInstance;
  readonly close: () => void;
}

/** Sets a variable of the process or of something that is alive in it, and tells what the instance waits for then. */
export function SetVariableDialog({ instance, close }: Place): ReactNode {
  const say = useTexts(SET_VARIABLE_TEXTS);
  const key = instance.processInstanceKey;
  const [done, setDone] = useState<{ readonly name: string; readonly outcome: ActOutcome } | null>(
    null,
  );
  const [scopes, variables] = [useScopes(key), useVariables(key, true)];
  return (
    <Modal
      opened
      onClose={close}
      closeButtonProps={{ 'aria-label': say('close') }}
      title={say('title')}
      size="lg"
    >
      {done ? (
        <Done {...{ instance, close, ...done }} again={() => setDone(null)} />
      ) : (
        <Loaded query={scopes}>
          {(places) => (
            <Loaded query={variables}>
              {(held) => (
                <Form
                  {...{ instance, close, scopes: places, held }}
                  tell={(name, outcome) => setDone({ name, outcome })}
                />
              )}
            </Loaded>
          )}
        </Loaded>
      )}
    </Modal>
  );
}

/** What a person looked at: the value that was there, or that nothing was. */
interface Seen {
  readonly name: string;
  /** Undefined: there is nothing of this name. */
  readonly value: Json | undefined;
}

const EMPTY: Typed = { type: 'text', text: '' };

function Form({
  instance,
  close,
  scopes,
  held,
  tell,
}: Place & {
  readonly scopes: readonly Scope[];
  readonly held: readonly Variable[];
  readonly tell: (name: string, outcome: ActOutcome) => void;
}): ReactNode {
  const say = useTexts(SET_VARIABLE_TEXTS);
  const queries = useQueryClient();
  const { processInstanceKey: key } = instance;
  const [scopeKey, setScopeKey] = useState(key);
  const [name, setName] = useState('');
  const [seen, setSeen] = useState<Seen | null>(null);
  const [typed, setTyped] = useState<Typed>(EMPTY);
  const [reason, setReason] = useState('');
  const scope = scopes.find((one) => one.key === scopeKey) ?? { key, name: null };
  const here = held.filter((one) => one.scopeKey === scope.key);
  const look = useMutation({
    mutationFn: async (wanted: string): Promise<Seen> => {
      const there = here.find((one) => one.name === wanted);
      return { name: wanted, value: there && (await wholeValue(there)) };
    },
    onSuccess: (found) => {
      setSeen(found);
      if (found.value !== undefined) setTyped(typedOf(found.value));
    },
  });
  const value = typedValue(typed);
  const save = useMutation({
    mutationFn: async (): Promise<ActOutcome> => {
      if (seen === null || value === undefined) throw new Error('nothing was chosen');
      const before = seen.value === undefined ? {} : { [seen.name]: seen.value };
      return setVariable(key, scope, { [seen.name]: value }, before, reason);
    },
    onSuccess: async (outcome) => {
      tell(name, outcome);
      await queries.invalidateQueries({ queryKey: KEYS.one(key) });
    },
  });
  const choose = (wanted: string): void => {
    setName(wanted);
    setSeen(null);
    save.reset();
  };
  const isChanged = save.error instanceof ApiProblem && save.error.code === 'VARIABLE_CHANGED';
  return (
    <Stack>
      <Select
        label={say('scope')}
        allowDeselect={false}
        data={scopes.map((one) => ({
          value: one.key,
          label: one.name === null ? say('process') : `${one.name} · ${one.key}`,
        }))}
        value={scope.key}
        onChange={(wanted) => {
          setScopeKey(wanted ?? key);
          choose('');
        }}
      />
      <Autocomplete
        label={say('name')}
        description={say('nameAbout')}
        data={here.map((one) => one.name)}
        maxLength={200}
        value={name}
        onChange={choose}
        onOptionSubmit={(wanted) => look.mutate(wanted)}
        onBlur={() => name !== '' && seen?.name !== name && look.mutate(name)}
      />
      {look.error && <ProblemAlert error={look.error} />}
      {seen && (
        <>
          {seen.value === undefined && <Text size="sm">{say('isNew')}</Text>}
          <ValueField
            typed={typed}
            before={seen.value === undefined ? null : typedOf(seen.value).type}
            onChange={setTyped}
          />
          <Reason reason={reason} setReason={setReason} />
        </>
      )}
      {isChanged ? (
        <Changed
          {...{ instance, scope, name }}
          take={(found) => {
            setSeen(found);
            save.reset();
          }}
        />
      ) : (
        save.error && <ProblemAlert error={save.error} />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {say('close')}
        </Button>
        <Button
          disabled={seen === null || value === undefined || isChanged}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {say('save')}
        </Button>
      </Group>
    </Stack>
  );
}

/** It was changed since: what it holds now stands beside what was typed, and only then may it be set. */
function Changed({
  instance: { processInstanceKey: key },
  scope,
  name,
  take,
}: Pick<Place, 'instance'> & {
  readonly scope: Scope;
  readonly name: string;
  readonly take: (seen: Seen) => void;
}): ReactNode {
  const say = useTexts(SET_VARIABLE_TEXTS);
  const variables = useVariables(key, true);
  const look = useQuery({
    queryKey: [...KEYS.one(key), 'variable-now', scope.key, name],
    gcTime: 0,
    queryFn: async (): Promise<Seen> => {
      const { data = [] } = await variables.refetch();
      const there = data.find((one) => one.name === name && one.scopeKey === scope.key);
      return { name, value: there && (await wholeValue(there)) };
    },
  });
  const { data: now } = look;
  return (
    <Alert color="yellow" role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{say('changed')}</Text>
        {now && (
          <>
            <Text size="sm" className="app-value">
              {now.value === undefined
                ? say('holdsNothing')
                : say('holdsNow', { value: JSON.stringify(now.value) })}
            </Text>
            <Button size="xs" variant="default" onClick={() => take(now)}>
              {say('overwrite')}
            </Button>
          </>
        )}
        {look.error && <ProblemAlert error={look.error} />}
      </Stack>
    </Alert>
  );
}

function Done({
  instance,
  close,
  name,
  outcome,
  again,
}: Place & {
  readonly name: string;
  readonly outcome: ActOutcome;
  readonly again: () => void;
}): ReactNode {
  const say = useTexts(SET_VARIABLE_TEXTS);
  const what = namesIn(
    instance.outline,
    outcome.waitsFor.map(({ elementId }) => elementId),
  );
  return (
    <Stack>
      <Alert color="teal" role="status" title={say('done', { name })}>
        {what === '' ? say('nowNothing') : say('nowWaits', { what })}
      </Alert>
      <Group justify="flex-end">
        <Button variant="default" onClick={again}>
          {say('another')}
        </Button>
        <Button onClick={close}>{say('close')}</Button>
      </Group>
    </Stack>
  );
}
