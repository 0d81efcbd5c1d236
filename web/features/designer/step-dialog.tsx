import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTexts } from '../../texts/texts.js';
import { DESIGNER_TEXTS } from './texts.js';

/** Handing a draft in or giving it back, with what there is to say about it. */
export function StepDialog({
  to,
  go,
  close,
}: {
  readonly to: 'review' | 'return';
  readonly go: (remark: string) => void;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const [remark, setRemark] = useState('');
  const name = say(to === 'review' ? 'handIn' : 'giveBack');
  return (
    <Modal opened onClose={close} title={name} closeButtonProps={{ 'aria-label': say('close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          go(remark.trim());
          close();
        }}
      >
        <Stack>
          <TextInput
            label={say('remark')}
            description={say(to === 'review' ? 'remarkIn' : 'remarkBack')}
            maxLength={1000}
            value={remark}
            onChange={({ currentTarget }) => setRemark(currentTarget.value)}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button type="submit">{name}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
