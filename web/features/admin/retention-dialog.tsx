import { Alert, Button, Group, List, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { RetainedProcess, RetentionTrial } from '../../../contracts/instance-retention.js';
import { useProcessNames } from '../../api/process-names.js';
import { Loaded } from '../../parts/loaded.js';
import { useNotice } from '../../parts/notices.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { exactly } from '../../parts/time.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { tryRetention, useDeletion } from './retention-api.js';
import { RETENTION_TEXTS } from './retention-texts.js';

/** What a deletion would meet now, why it is wanted, and its beginning. */
export function RetentionDialog({
  process,
  close,
}: {
  readonly process: RetainedProcess;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(RETENTION_TEXTS);
  const called = useProcessNames();
  const tell = useNotice();
  const { processDefinitionId: processId } = process;
  const [reason, setReason] = useState('');
  const trial = useQuery({
    queryKey: ['admin', 'retention-trial', processId],
    queryFn: () => tryRetention(processId),
    // What is shown is what would be met now, not a while ago.
    gcTime: 0,
  });
  const begin = useDeletion(processId);
  const total = trial.data?.total ?? 0;
  const mayBegin = total > 0 && trial.data?.isTooMany === false && reason.trim() !== '';
  const start = (): void =>
    begin.mutate(reason, {
      onSuccess: ({ total: count }) => {
        tell('good', say('begun', { count }));
        close();
      },
    });
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={say('dialogTitle', { name: called(processId, process.name) })}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <Stack>
        <Loaded query={trial}>{(data) => <Trial trial={data} />}</Loaded>
        <Text size="sm">{say('goes')}</Text>
        <Textarea
          label={say('reason')}
          name="reason"
          required
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        {begin.error && <ProblemAlert error={begin.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {say('cancel')}
          </Button>
          <Button color="red.9" disabled={!mayBegin} loading={begin.isPending} onClick={start}>
            {say('begin', { count: total })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Trial({ trial }: { readonly trial: RetentionTrial }): ReactNode {
  const say = useTexts(RETENTION_TEXTS);
  const locale = useLocale();
  const { total, oldest, newest, isTooMany, kept } = trial;
  return (
    <Alert color={isTooMany ? 'red' : 'blue'} role="status">
      <Text fw={600}>{total === 0 ? say('wouldNone') : say('would', { count: total })}</Text>
      {isTooMany && <Text>{say('tooMany')}</Text>}
      {oldest !== null && newest !== null && (
        <Text size="sm">
          {say('between', { from: exactly(oldest, locale), to: exactly(newest, locale) })}
        </Text>
      )}
      {kept.length > 0 && (
        <>
          <Text size="sm" mt="xs">
            {say('stays')}
          </Text>
          <List size="sm">
            {kept.map(({ because, count }) => (
              <List.Item key={because}>{say(`because_${because}`, { count })}</List.Item>
            ))}
          </List>
        </>
      )}
    </Alert>
  );
}
