import { Button, Group, Modal, Stack, TagsInput, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { ListedCustomer } from '../../../contracts/records.js';
import { ask } from '../../api/ask.js';
import { colleagues } from '../../api/colleagues.js';
import { useNotice } from '../../parts/notices.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { CUSTOMER_TEXTS } from './texts.js';

/** Asks who looks after a customer from now on. */
export function PortfolioDialog({
  customer,
  close,
}: {
  readonly customer: ListedCustomer;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(CUSTOMER_TEXTS);
  const queries = useQueryClient();
  const tell = useNotice();
  const { customerId, lookedAfterBy } = customer;
  const [people, setPeople] = useState<string[]>([...lookedAfterBy.people]);
  const [groups, setGroups] = useState<string[]>([...lookedAfterBy.groups]);
  const [reason, setReason] = useState('');
  const { data } = useQuery(colleagues);
  const save = useMutation({
    mutationFn: () =>
      ask(`/api/v1/customers/${customerId}/portfolio`, {
        method: 'PUT',
        body: { people, groups, reason: reason.trim() || null },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['customer', customerId] });
      close();
      tell('good', say('portfolioSaved'));
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={say('lookedAfterBy')}
      closeButtonProps={{ 'aria-label': say('cancel') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{say('portfolioAbout')}</Text>
          {save.error && <ProblemAlert error={save.error} />}
          <TagsInput
            label={say('people')}
            data={(data?.items ?? []).map(({ loginName }) => loginName)}
            value={people}
            onChange={(names) => {
              save.reset();
              setPeople(names);
            }}
            maxTags={50}
            acceptValueOnBlur
            data-autofocus
          />
          <TagsInput
            label={say('groups')}
            description={say('groupsHint')}
            value={groups}
            onChange={setGroups}
            maxTags={50}
            acceptValueOnBlur
          />
          <Textarea
            label={say('reason')}
            autosize
            maxLength={1000}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {say('cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {say('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
