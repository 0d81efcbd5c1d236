import { Button, Code, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/texts.js';
import { WEBHOOK_TEXTS } from './webhook-texts.js';

/** Shows a secret the one time that it is shown. */
export function SecretDialog({
  secret,
  close,
}: {
  readonly secret: string;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(WEBHOOK_TEXTS);
  return (
    <Modal
      opened
      onClose={close}
      title={say('secret')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <Stack>
        <Text>{say('secretAbout')}</Text>
        <Code block className="app-code">
          {secret}
        </Code>
        <Group justify="flex-end">
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button onClick={copy}>{say(copied ? 'copied' : 'copy')}</Button>
            )}
          </CopyButton>
        </Group>
      </Stack>
    </Modal>
  );
}
