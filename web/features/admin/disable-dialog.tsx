import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { UserRow } from '../../../contracts/identities.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { usePersonAct } from './people-api.js';
import { ADMIN_TEXTS } from './texts.js';

/** Asks before somebody is put out, and says what that does. */
export function DisableDialog({
  user,
  close,
}: {
  readonly user: UserRow;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(ADMIN_TEXTS);
  const act = usePersonAct(user.userId);
  const name = user.displayName;
  const disable = (): void => act.mutate({ kind: 'disable' }, { onSuccess: close });
  return (
    <Modal
      opened
      onClose={close}
      title={say('disableTitle', { name })}
      closeButtonProps={{ 'aria-label': say('cancel') }}
    >
      <Stack>
        <Text>{say('disableAbout', { name })}</Text>
        {act.error && <ProblemAlert error={act.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {say('cancel')}
          </Button>
          <Button color="red.9" loading={act.isPending} onClick={disable}>
            {say('disable')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
