/** Asks who stands in, from which day to which, and for what. The days are of the zone of this machine. */
import { Button, Group, Modal, MultiSelect, Select, Stack, Text, TextInput } from '@mantine/core';
import { type QueryKey, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { NewSubstituteOnWire, SubstituteRow } from '../../../contracts/substitutes.js';
import { ask } from '../../api/ask.js';
import { colleagues } from '../../api/colleagues.js';
import { useDefinitions } from '../../api/definitions.js';
import { usePerson } from '../../api/session.js';
import { useNotice } from '../../parts/notices.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { SUBSTITUTE_TEXTS } from './substitute-texts.js';

/** The dialog. */
export function SubstituteDialog({
  close,
  queryKey,
}: {
  readonly close: () => void;
  readonly queryKey: QueryKey;
}): ReactNode {
  const say = useTexts(SUBSTITUTE_TEXTS);
  const tell = useNotice();
  const queries = useQueryClient();
  const { loginName, roles } = usePerson();
  const [absent, setAbsent] = useState<string | null>(loginName);
  const [substitute, setSubstitute] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const { timeZone: tz } = Intl.DateTimeFormat().resolvedOptions();
  const people = useQuery(colleagues);
  const processes = useDefinitions();
  const processIds = [
    ...new Set((processes.data ?? []).map(({ processDefinitionId }) => processDefinitionId)),
  ];
  const options = (people.data?.items ?? []).map((one) => ({
    ...{ value: one.loginName, label: `${one.displayName} (${one.loginName})` },
  }));
  const add = useMutation({
    mutationFn: (body: NewSubstituteOnWire) =>
      ask<SubstituteRow>('/api/v1/substitutes', { method: 'POST', body }),
    onSuccess: async (made) => {
      tell('good', say('added', { who: made.substitute }));
      await queries.invalidateQueries({ queryKey });
      close();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    if (substitute === null || absent === null) return;
    add.mutate({
      ...{ absent, substitute, tz, processIds: chosen.length > 0 ? chosen : null },
      ...{ from: String(data.get('from')), until: String(data.get('until')) },
    });
  };
  return (
    <Modal
      opened
      onClose={close}
      title={say('name')}
      closeButtonProps={{ 'aria-label': say('cancel') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {add.error && <ProblemAlert error={add.error} />}
          {roles.includes('admin') && (
            <Select
              {...{ label: say('absent'), data: options, value: absent, required: true }}
              searchable
              onChange={setAbsent}
            />
          )}
          <Select
            label={say('substitute')}
            data={options.filter(({ value }) => value !== absent)}
            value={substitute}
            onChange={setSubstitute}
            required
            searchable
            data-autofocus
          />
          <Group grow>
            <TextInput type="date" name="from" label={say('from')} required />
            <TextInput type="date" name="until" label={say('until')} required />
          </Group>
          <Text size="sm" c="dimmed">
            {say('zone', { zone: tz })}
          </Text>
          <MultiSelect
            {...{ label: say('processes'), description: say('processesAbout') }}
            {...{ data: processIds, value: chosen, searchable: true }}
            onChange={setChosen}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {say('cancel')}
            </Button>
            <Button type="submit" disabled={substitute === null} loading={add.isPending}>
              {say('name')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
