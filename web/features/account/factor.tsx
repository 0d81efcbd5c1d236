/** One's second factor on the page of one's account: set up, recovery codes renewed, taken away. */
import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useSession } from '../../api/session.js';
import {
  factorChanged,
  removeFactor,
  renewRecoveryCodes,
  useFactor,
} from '../../parts/factor/factor-api.js';
import { Loaded } from '../../parts/loaded.js';
import { useNotice } from '../../parts/notices.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { Enrolment } from './enrolment.js';
import { OWN_FACTOR_TEXTS } from './factor-texts.js';
import { RecoveryCodes } from './recovery-codes.js';

/** The section. */
export function OwnFactor(): ReactNode {
  const say = useTexts(OWN_FACTOR_TEXTS);
  const query = useFactor();
  const queries = useQueryClient();
  const tell = useNotice();
  const [isEnrolling, setEnrolling] = useState(false);
  const enrolled = (): void => {
    setEnrolling(false);
    tell('good', say('thereNow'));
    void factorChanged(queries);
  };
  return (
    <section aria-labelledby="factor">
      <Title order={2} size="h4" id="factor" mb="xs">
        {say('title')}
      </Title>
      {isEnrolling ? (
        <Enrolment done={enrolled} cancel={() => setEnrolling(false)} />
      ) : (
        <Loaded query={query}>
          {({ isThere, isAsked, recoveryCodes }) =>
            isThere ? (
              <There left={recoveryCodes} />
            ) : (
              <Stack gap="xs" align="flex-start">
                <Text size="sm" c="dimmed">
                  {say('about')} {isAsked && say('asked')}
                </Text>
                <Button variant="default" onClick={() => setEnrolling(true)}>
                  {say('begin')}
                </Button>
              </Stack>
            )
          }
        </Loaded>
      )}
    </section>
  );
}

function There({ left }: { readonly left: number }): ReactNode {
  const say = useTexts(OWN_FACTOR_TEXTS);
  const queries = useQueryClient();
  const [isRemoving, setRemoving] = useState(false);
  const renew = useMutation({
    mutationFn: renewRecoveryCodes,
    onSuccess: () => factorChanged(queries),
  });
  if (renew.data) return <RecoveryCodes codes={renew.data} done={renew.reset} />;
  return (
    <Stack gap="xs">
      <Text>{say('codesLeft', { count: left })}</Text>
      {renew.error && <ProblemAlert error={renew.error} />}
      <Group>
        <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate()}>
          {say('renew')}
        </Button>
        <Button variant="default" onClick={() => setRemoving(true)}>
          {say('remove')}
        </Button>
      </Group>
      {isRemoving && <Removing close={() => setRemoving(false)} />}
    </Stack>
  );
}

function Removing({ close }: { readonly close: () => void }): ReactNode {
  const say = useTexts(OWN_FACTOR_TEXTS);
  const tell = useNotice();
  const queries = useQueryClient();
  const { ended } = useSession();
  const remove = useMutation({
    mutationFn: removeFactor,
    onSuccess: () => {
      close();
      tell('good', say('removed'));
      queries.removeQueries({ queryKey: ['me'] });
      ended();
    },
  });
  return (
    <Modal
      opened
      onClose={close}
      title={say('removeTitle')}
      closeButtonProps={{ 'aria-label': say('cancel') }}
    >
      <Stack>
        <Text>{say('removeAbout')}</Text>
        {remove.error && <ProblemAlert error={remove.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {say('cancel')}
          </Button>
          <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate()}>
            {say('remove')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
