import {
  Button,
  Checkbox,
  Code,
  Group,
  Modal,
  NativeSelect,
  Stack,
  TextInput,
} from '@mantine/core';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import type { NewToken, Role, Scope } from '../../../contracts/identities.js';
import { ask } from '../../api/ask.js';
import { usePerson } from '../../api/session.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { ACCOUNT_TEXTS } from './texts.js';

/** How long a token may be good for, in days; the server allows a year. */
const DAYS = [30, 90, 365] as const;

/** What each role may hand to a program. An auditor writes nothing, so there is one scope of it. Class: pure. */
function scopesOf(roles: readonly Role[]): readonly Scope[] {
  return roles.flatMap((role): readonly Scope[] =>
    role === 'auditor' ? ['auditor'] : [`${role}:read`, role],
  );
}

/** Asks what a new token is for, and makes it. `made` is given its secret. */
export function TokenDialog({
  close,
  made,
  queryKey,
}: {
  readonly close: () => void;
  readonly made: (secret: string) => void;
  readonly queryKey: QueryKey;
}): ReactNode {
  const say = useTexts(ACCOUNT_TEXTS);
  const { roles } = usePerson();
  const queries = useQueryClient();
  const offered = scopesOf(roles);
  const [scopes, setScopes] = useState<readonly string[]>(offered.slice(0, 1));
  const make = useMutation({
    mutationFn: (body: NewToken) =>
      ask<{ readonly secret: string }>('/api/v1/me/tokens', { method: 'POST', body }),
    onSuccess: ({ secret }) => {
      made(secret);
      close();
    },
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const days = Number(form.get('days'));
    make.mutate({
      name: String(form.get('name')).trim(),
      scopes: offered.filter((scope) => scopes.includes(scope)),
      expiresAt: new Date(Date.now() + days * 86_400_000).toISOString(),
    });
  };
  return (
    <Modal
      opened
      onClose={close}
      title={say('tokenMake')}
      closeButtonProps={{ 'aria-label': say('cancel') }}
    >
      <form onSubmit={submit}>
        <Stack>
          {make.error && <ProblemAlert error={make.error} />}
          <TextInput
            {...{ name: 'name', label: say('tokenName'), required: true, maxLength: 100 }}
            data-autofocus
          />
          <Checkbox.Group label={say('scopes')} value={[...scopes]} onChange={setScopes}>
            <Stack mt={6} gap="xs">
              {offered.map((scope) => (
                <Checkbox
                  key={scope}
                  value={scope}
                  label={say(`scope_${scope.replace(':', '_') as 'admin' | 'admin_read'}`)}
                  description={<Code>{scope}</Code>}
                />
              ))}
            </Stack>
          </Checkbox.Group>
          <NativeSelect
            {...{ name: 'days', label: say('tokenFor') }}
            data={DAYS.map((count) => ({ value: String(count), label: say('days', { count }) }))}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {say('cancel')}
            </Button>
            <Button type="submit" loading={make.isPending} disabled={scopes.length === 0}>
              {say('tokenMake')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
