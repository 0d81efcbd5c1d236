import { Button, Group, Modal, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { LogRangeTold } from '../../../contracts/log-range.js';
import { ask } from '../../api/ask.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { Time } from '../../parts/time.js';
import { useTexts } from '../../texts/texts.js';
import { AUDIT_TEXTS } from './texts.js';

/** What is asked of the log, as it is typed; days are UTC, the last one included. */
interface Typed {
  readonly since: string;
  readonly last: string;
  readonly actor: string;
  readonly customerId: string;
  readonly processId: string;
}

const DAY_MS = 86_400_000;

/** The question as the API takes it. */
function queryOf({ since, last, ...filter }: Typed): string {
  const query = new URLSearchParams();
  if (since) query.set('since', `${since}T00:00:00Z`);
  if (last) {
    const after = new Date(Date.parse(`${last}T00:00:00Z`) + DAY_MS);
    query.set('until', after.toISOString());
  }
  for (const [name, value] of Object.entries(filter)) {
    if (value.trim()) query.set(name, value.trim());
  }
  return query.toString();
}

/** The log of a time as a file: first which entries that is, then the file, so that what is refused is told here. */
export function LogDialog({
  since,
  actor,
  close,
}: {
  readonly since: string;
  readonly actor: string;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(AUDIT_TEXTS);
  const [typed, type] = useState<Typed>({
    ...{ since, actor, last: '', customerId: '', processId: '' },
  });
  const [asked, setAsked] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ['log-range', asked],
    queryFn: ({ signal }) => ask<LogRangeTold>(`/api/v1/audit/range?${asked}`, { signal }),
    enabled: asked !== null,
    retry: false,
    staleTime: 0,
  });
  const change = (changes: Partial<Typed>): void => {
    type({ ...typed, ...changes });
    setAsked(null);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(queryOf(typed));
  };
  const field = (name: keyof Typed, label: string, more: object = {}): ReactNode => (
    <TextInput
      label={label}
      value={typed[name]}
      onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}
      {...more}
    />
  );
  return (
    <Modal
      opened
      onClose={close}
      title={say('takeLog')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{say('takeLogAbout')}</Text>
          <SimpleGrid cols={2} spacing="sm">
            {field('since', say('since'), { type: 'date', 'data-autofocus': true })}
            {field('last', say('lastDay'), { type: 'date' })}
          </SimpleGrid>
          {field('actor', say('actor'), { placeholder: say('actorHint') })}
          {field('customerId', say('customer'), { placeholder: say('customerIdHint') })}
          {field('processId', say('process'), { placeholder: say('processIdHint') })}
          {found.error && <ProblemAlert error={found.error} />}
          {asked !== null && found.data && <Found range={found.data} asked={asked} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {say('close')}
            </Button>
            {(asked === null || !found.data) && (
              <Button type="submit" loading={found.isFetching}>
                {say('takeLogLook')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Which entries a file would have, and the file. */
function Found({
  range: { from, to, beganAt, endedAt, isFiltered },
  asked,
}: {
  readonly range: LogRangeTold;
  readonly asked: string;
}): ReactNode {
  const say = useTexts(AUDIT_TEXTS);
  const [isTaken, take] = useState(false);
  const file = `audit-log-${from}-${to}.zip`;
  return (
    <Stack gap="xs" role="status">
      <Text size="sm">
        {to < from ? say('rangeEmpty') : say('rangeFound', { from, to })}{' '}
        {beganAt === null ? say('rangeFromStart') : <Time at={beganAt} isExact />}
        {' – '}
        <Time at={endedAt} isExact />
      </Text>
      {isFiltered && <Text size="sm">{say('rangeFiltered')}</Text>}
      <Button
        component="a"
        href={`/api/v1/audit/range/file?${asked}`}
        download={file}
        leftSection={<Download size={16} aria-hidden />}
        onClick={() => take(true)}
      >
        {say('takeLogDownload')}
      </Button>
      {isTaken && <Text size="sm">{say('rangeTaken', { file })}</Text>}
    </Stack>
  );
}
