import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { UserRow } from '../../../contracts/identities.js';
import { ApiProblem } from '../../api/problem.js';
import { useNotice } from '../../parts/notices.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { removeFactorOf } from './people-api.js';
import { ADMIN_TEXTS } from './texts.js';

/** Asks before the second factor of somebody is taken away, who lost phone and codes. */
export function FactorDialog({
  user,
  close,
}: {
  readonly user: UserRow;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(ADMIN_TEXTS);
  const tell = useNotice();
  const name = user.displayName;
  const remove = useMutation({
    mutationFn: () => removeFactorOf(user.userId),
    onSuccess: () => {
      tell('good', say('factorGone', { name }));
      close();
    },
  });
  const isNone = remove.error instanceof ApiProblem && remove.error.code === 'NOT_FOUND';
  return (
    <Modal
      opened
      onClose={close}
      title={say('factorTitle', { name })}
      closeButtonProps={{ 'aria-label': say('cancel') }}
    >
      <Stack>
        <Text>{say('factorAbout', { name })}</Text>
        {isNone && <Alert role="alert" title={say('factorNone', { name })} />}
        {remove.error && !isNone && <ProblemAlert error={remove.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {say('cancel')}
          </Button>
          <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate()}>
            {say('factor')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
