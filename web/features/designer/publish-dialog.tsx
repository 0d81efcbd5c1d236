import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { PublicationPreview } from '../../../contracts/designer.js';
import { Loaded } from '../../parts/loaded.js';
import { useNotice } from '../../parts/notices.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { migrateRunning, publishDraft, readDiff, readPreview } from './api.js';
import { Changes } from './changes.js';
import { DESIGNER_TEXTS } from './texts.js';

/** What publishing would change, which running instances can go on with it, and doing both. */
export function PublishDialog({
  packageKey,
  draftId,
  close,
}: {
  readonly packageKey: string;
  readonly draftId: string;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const tell = useNotice();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const diff = useQuery({
    queryKey: ['designer', 'diff', draftId],
    queryFn: ({ signal }) => readDiff(draftId, signal),
    gcTime: 0,
  });
  const preview = useQuery({
    queryKey: ['designer', 'preview', draftId],
    queryFn: ({ signal }) => readPreview(draftId, signal),
    gcTime: 0,
  });
  const publish = useMutation({
    mutationFn: (version: number) => publishDraft(draftId, version, reason),
    onSuccess: () => tell('good', say('published')),
  });
  const leave = (): void => {
    close();
    if (publish.isSuccess) void queries.invalidateQueries({ queryKey: ['designer'] });
  };
  return (
    <Modal
      opened
      onClose={leave}
      title={say('publish')}
      size="xl"
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <Stack>
        <Loaded query={diff}>{({ files }) => <Changes files={files} />}</Loaded>
        <Loaded query={preview}>
          {(found) => (
            <>
              <Foreseen found={found} />
              {publish.isSuccess ? (
                <Moving packageKey={packageKey} found={found} reason={reason} />
              ) : (
                <form
                  onSubmit={(event) => {
                    event.preventDefault();
                    publish.mutate(found.version);
                  }}
                >
                  {publish.error && <ProblemAlert error={publish.error} />}
                  <Group align="flex-end" mt="sm">
                    <TextInput
                      label={say('reason')}
                      value={reason}
                      maxLength={500}
                      data-autofocus
                      onChange={({ currentTarget }) => setReason(currentTarget.value)}
                    />
                    <Button type="submit" disabled={!found.mayPublish} loading={publish.isPending}>
                      {say('publishNow')}
                    </Button>
                  </Group>
                </form>
              )}
            </>
          )}
        </Loaded>
      </Stack>
    </Modal>
  );
}

function Foreseen({ found }: { readonly found: PublicationPreview }): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const { findings, needsSecond, mayPublish, isAccepted, definitions, instances } = found;
  const staying = instances.filter(({ problem }) => problem !== null);
  const going = instances.length - staying.length;
  return (
    <Stack gap="xs">
      {!isAccepted &&
        findings
          .filter(({ severity }) => severity !== 'warning')
          .map(({ code, message }) => (
            <Alert key={message} color="red" title={code}>
              {message}
            </Alert>
          ))}
      {needsSecond && !mayPublish && isAccepted && (
        <Alert color="orange">{say('needsSecond')}</Alert>
      )}
      {definitions
        .filter(({ isNew }) => isNew)
        .map(({ type, id, version }) => (
          <Text key={`${type} ${id}`} size="sm">
            {id}: {say('version', { version })}
          </Text>
        ))}
      <Text size="sm" fw={600}>
        {instances.length === 0 ? say('noInstances') : say('going', { count: going })}
      </Text>
      {staying.length > 0 && <Text size="sm">{say('staying', { count: staying.length })}</Text>}
      {staying.slice(0, 5).map(({ instanceId, problem }) => (
        <Text key={instanceId} size="xs" c="dimmed">
          {instanceId}: {problem?.code}: {problem?.message}
        </Text>
      ))}
    </Stack>
  );
}

/** After publishing: those that can are let go on. */
function Moving({
  packageKey,
  found,
  reason,
}: {
  readonly packageKey: string;
  readonly found: PublicationPreview;
  readonly reason: string;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const tell = useNotice();
  const going = found.instances.filter(({ problem }) => problem === null);
  const move = useMutation({
    mutationFn: async () => {
      let moved = 0;
      for (const processId of new Set(going.map((one) => one.processId))) {
        const ids = going.filter((one) => one.processId === processId).map((one) => one.instanceId);
        const why = reason || say('reasonDefault');
        const { instances } = await migrateRunning(packageKey, processId, ids, why);
        moved += instances.filter(({ problem }) => problem === null).length;
      }
      return moved;
    },
    onSuccess: (count) => tell('good', say('migrated', { count })),
  });
  return (
    <Stack gap="xs">
      <Alert color="teal">{say('published')}</Alert>
      {move.error && <ProblemAlert error={move.error} />}
      {move.isSuccess && <Text>{say('migrated', { count: move.data })}</Text>}
      {going.length > 0 && !move.isSuccess && (
        <Button loading={move.isPending} onClick={() => move.mutate()}>
          {say('migrate')}
        </Button>
      )}
    </Stack>
  );
}
