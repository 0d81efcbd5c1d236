import { Checkbox, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useProcessNames } from '../../api/process-names.js';
import { useTexts } from '../../texts/texts.js';
import type { Definition } from './instances-api.js';
import { type Narrowing, STATES } from './narrowing.js';
import { INSTANCES_TEXTS } from './texts.js';

const TYPED_MS = 300;

/** What the list is narrowed by. */
export function Filters({
  narrowing,
  definitions,
  narrow,
}: {
  readonly narrowing: Narrowing;
  readonly definitions: readonly Definition[];
  readonly narrow: (change: Narrowing) => void;
}): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const called = useProcessNames();
  const { process, version, state = 'open', incident, business = '' } = narrowing;
  const [typed, setTyped] = useState(business);
  const wait = useDebouncedCallback(
    (text: string) => narrow({ business: text === '' ? undefined : text }),
    TYPED_MS,
  );
  const processes = [...new Map(definitions.map((one) => [one.processDefinitionId, one])).values()];
  const versions = definitions.filter((one) => one.processDefinitionId === process);
  return (
    <Group gap="sm" align="flex-end" component="search" aria-label={say('filters')}>
      <Select
        label={say('process')}
        placeholder={say('all')}
        clearable
        searchable
        w={{ base: '100%', xs: 240 }}
        data={processes.map((one) => ({
          value: one.processDefinitionId,
          label: called(one.processDefinitionId, one.name),
        }))}
        value={process ?? null}
        onChange={(value) =>
          narrow({ process: value ?? undefined, version: undefined, element: undefined })
        }
      />
      {process !== undefined && (
        <Select
          label={say('version')}
          placeholder={say('all')}
          clearable
          w={120}
          data={versions.map((one) => String(one.version))}
          value={version === undefined ? null : String(version)}
          onChange={(value) =>
            narrow({ version: value === null ? undefined : Number(value), element: undefined })
          }
        />
      )}
      <Select
        label={say('state')}
        w={{ base: '100%', xs: 180 }}
        allowDeselect={false}
        data={STATES.map((one) => ({ value: one, label: say(`state_${one}`) }))}
        value={state}
        onChange={(value) => narrow({ state: STATES.find((one) => one === value) })}
      />
      <TextInput
        label={say('business')}
        w={{ base: '100%', xs: 200 }}
        value={typed}
        onChange={({ currentTarget: { value } }) => {
          setTyped(value);
          wait(value);
        }}
      />
      <Checkbox
        label={say('incident')}
        mb={8}
        checked={incident === true}
        onChange={({ currentTarget }) => narrow({ incident: currentTarget.checked || undefined })}
      />
    </Group>
  );
}
