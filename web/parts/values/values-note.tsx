import { Alert, Button, Group, Text, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { setReasonFor, useReasonFor } from '../../api/reasons.js';
import { usePerson } from '../../api/session.js';
import { useTexts } from '../../texts/texts.js';
import { VALUES_TEXTS } from './texts.js';

/** As the server takes it. */
const LONGEST = 500;

/**
 * Says how values are shown to whoever looks, and why: masked, kept in the audit, or once it is said why. A csm alone sees
 * what is theirs, and nothing is said. @param of - key of the instance or task that is looked at
 */
export function ValuesNote({ of }: { readonly of: string }): ReactNode {
  const say = useTexts(VALUES_TEXTS);
  const { roles } = usePerson();
  const reason = useReasonFor(of);
  if (roles.includes('admin')) {
    return (
      <Text size="sm" c="dimmed">
        {say('kept')}
      </Text>
    );
  }
  if (roles.includes('auditor')) {
    return reason === null ? <Asked of={of} /> : <Given of={of} reason={reason} />;
  }
  if (!roles.includes('designer')) return null;
  return (
    <Text size="sm" c="dimmed">
      {say(roles.includes('csm') ? 'maskedBeyond' : 'masked')}
    </Text>
  );
}

function Asked({ of }: { readonly of: string }): ReactNode {
  const say = useTexts(VALUES_TEXTS);
  const [reason, setReason] = useState('');
  const show = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim() !== '') setReasonFor(of, reason.trim());
  };
  return (
    <Alert title={say('askTitle')} color="gray">
      <form onSubmit={show}>
        <Group align="flex-end">
          <TextInput
            flex="1 1 220px"
            required
            maxLength={LONGEST}
            label={say('reason')}
            description={say('reasonAbout')}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <Button type="submit" disabled={reason.trim() === ''}>
            {say('show')}
          </Button>
        </Group>
      </form>
    </Alert>
  );
}

function Given({ of, reason }: { readonly of: string; readonly reason: string }): ReactNode {
  const say = useTexts(VALUES_TEXTS);
  return (
    <Group gap="sm">
      <Text size="sm" c="dimmed" flex="1 1 220px">
        {say('given', { reason })}
      </Text>
      <Button size="xs" variant="default" onClick={() => setReasonFor(of, null)}>
        {say('hide')}
      </Button>
    </Group>
  );
}
