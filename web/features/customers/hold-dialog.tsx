import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ask } from '../../api/ask.js';
import { useNotice } from '../../parts/notices.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { CUSTOMER_TEXTS } from './texts.js';

/** As the form of the process offers them. */
const GROUNDS = ['litigation', 'investigation', 'authority', 'tax-audit', 'claim'] as const;

/** Has the process `legal-hold` place a hold on all of a customer; it asks two people of legal before it releases it. */
export function HoldDialog({
  customerId,
  close,
}: {
  readonly customerId: string;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(CUSTOMER_TEXTS);
  const queries = useQueryClient();
  const tell = useNotice();
  const [ground, setGround] = useState<string>(GROUNDS[0]);
  const [matterId, setMatterId] = useState('');
  const place = useMutation({
    mutationFn: () =>
      ask('/api/v1/holds', {
        method: 'POST',
        body: { customerId, ground, matterId: matterId.trim() },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['customer', customerId] });
      close();
      tell('good', say('holdAsked'));
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    place.mutate();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={say('holdPlace')}
      closeButtonProps={{ 'aria-label': say('cancel') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{say('holdAbout')}</Text>
          {place.error && <ProblemAlert error={place.error} />}
          <NativeSelect
            label={say('holdGround')}
            data={GROUNDS.map((value) => ({ value, label: say(`ground_${value}`) }))}
            value={ground}
            onChange={({ currentTarget }) => setGround(currentTarget.value)}
          />
          <TextInput
            required
            maxLength={200}
            label={say('holdMatter')}
            description={say('holdMatterHint')}
            value={matterId}
            onChange={({ currentTarget }) => setMatterId(currentTarget.value)}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {say('cancel')}
            </Button>
            <Button type="submit" loading={place.isPending} disabled={matterId.trim() === ''}>
              {say('holdPlace')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
