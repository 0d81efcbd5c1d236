import { Button, Code, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { exactly } from '../../parts/time.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import type { PasswordLink } from './people-api.js';
import { ADMIN_TEXTS } from './texts.js';

/** Shows a link the one time that it is shown. */
export function LinkDialog({
  name,
  link,
  close,
}: {
  readonly name: string;
  readonly link: PasswordLink;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(ADMIN_TEXTS);
  const locale = useLocale();
  return (
    <Modal
      opened
      onClose={close}
      title={say('link')}
      closeButtonProps={{ 'aria-label': say('cancel') }}
    >
      <Stack>
        <Text>{say('linkAbout', { name, at: exactly(link.expiresAt, locale) })}</Text>
        <Code block className="app-code">
          {link.url}
        </Code>
        <Group justify="flex-end">
          <CopyButton value={link.url}>
            {({ copied, copy }) => (
              <Button onClick={copy}>{say(copied ? 'copied' : 'copy')}</Button>
            )}
          </CopyButton>
        </Group>
      </Stack>
    </Modal>
  );
}
