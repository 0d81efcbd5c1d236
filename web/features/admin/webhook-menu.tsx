import { Button, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { usePerson } from '../../api/session.js';
import { useNotice } from '../../parts/notices.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { WEBHOOK_TEXTS } from './webhook-texts.js';
import { useWebhookAct, type Way } from './webhooks-api.js';

/** What may be done about one. `made` is given a new secret. */
export function WebhookMenu({
  way,
  id,
  name,
  isActive,
  dead,
  made,
}: {
  readonly way: Way;
  readonly id: string;
  readonly name: string;
  readonly isActive: boolean;
  /** Deliveries that were given up. */
  readonly dead: number;
  readonly made: (secret: string) => void;
}): ReactNode {
  const say = useTexts(WEBHOOK_TEXTS);
  const tell = useNotice();
  const act = useWebhookAct(way);
  const [isRemoving, { open, close }] = useDisclosure();
  if (!usePerson().roles.includes('admin')) return null;
  const onError = (error: unknown): void => tell('bad', String(error));
  const turn = (): void => act.mutate({ kind: 'turn', id, isActive: !isActive }, { onError });
  const replace = (): void =>
    act.mutate(
      { kind: 'secret', id },
      { onError, onSuccess: ({ secret }) => secret !== undefined && made(secret) },
    );
  const replay = (): void =>
    act.mutate(
      { kind: 'replay', id },
      {
        onError,
        onSuccess: ({ replayed = 0 }) => tell('good', say('replayed', { count: replayed })),
      },
    );
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            aria-label={say('changeOf', { name })}
          >
            <Ellipsis size={18} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={turn}>{say(isActive ? 'turnOff' : 'turnOn')}</Menu.Item>
          <Menu.Item onClick={replace}>{say('newSecret')}</Menu.Item>
          {dead > 0 && <Menu.Item onClick={replay}>{say('replay')}</Menu.Item>}
          <Menu.Item onClick={open}>{say('remove')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isRemoving && <RemoveDialog way={way} id={id} name={name} close={close} />}
    </>
  );
}

function RemoveDialog({
  way,
  id,
  name,
  close,
}: {
  readonly way: Way;
  readonly id: string;
  readonly name: string;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(WEBHOOK_TEXTS);
  const tell = useNotice();
  const act = useWebhookAct(way);
  const remove = (): void =>
    act.mutate(
      { kind: 'remove', id },
      {
        onSuccess: () => {
          tell('good', say('removed', { name }));
          close();
        },
      },
    );
  return (
    <Modal
      opened
      onClose={close}
      title={say('removeTitle', { name })}
      closeButtonProps={{ 'aria-label': say('cancel') }}
    >
      <Stack>
        <Text>{say('removeAbout')}</Text>
        {act.error && <ProblemAlert error={act.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {say('cancel')}
          </Button>
          <Button color="red.9" loading={act.isPending} onClick={remove}>
            {say('remove')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
