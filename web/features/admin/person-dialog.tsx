import { Button, Checkbox, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import type { NewUser, Role, UserRow } from '../../../contracts/identities.js';
import { useNotice } from '../../parts/notices.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { type PasswordLink, useNewPerson, usePersonAct } from './people-api.js';
import { ADMIN_TEXTS } from './texts.js';

const ROLES: readonly Role[] = ['designer', 'csm', 'admin', 'auditor'];

/** Adds somebody, or changes what is known of them. `user`: null for somebody new. */
export function PersonDialog({
  user,
  close,
  made,
}: {
  readonly user: UserRow | null;
  readonly close: () => void;
  readonly made: (made: { readonly name: string; readonly link: PasswordLink }) => void;
}): ReactNode {
  const say = useTexts(ADMIN_TEXTS);
  const tell = useNotice();
  const [roles, setRoles] = useState<readonly string[]>(user?.roles ?? ['csm']);
  const add = useNewPerson();
  const change = usePersonAct(user?.userId ?? '');
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const { loginName, ...known } = read(new FormData(event.currentTarget), roles);
    const name = known.displayName;
    if (user) {
      const done = (): void => {
        tell('good', say('changed', { name }));
        close();
      };
      change.mutate({ kind: 'change', changes: known }, { onSuccess: done });
      return;
    }
    add.mutate(
      { loginName, ...known },
      {
        onSuccess: ({ passwordLink: link }) => {
          tell('good', say('added', { name }));
          close();
          made({ name, link });
        },
      },
    );
  };
  const error = add.error ?? change.error;
  return (
    <Modal
      opened
      onClose={close}
      title={user ? say('changeOf', { name: user.displayName }) : say('add')}
      closeButtonProps={{ 'aria-label': say('cancel') }}
    >
      <form onSubmit={submit}>
        <Stack>
          {error && <ProblemAlert error={error} />}
          {!user && (
            <TextInput
              {...{ name: 'loginName', label: say('loginName'), required: true }}
              {...{ description: say('loginNameAbout'), pattern: '[a-z][a-z0-9._\\-]{1,63}' }}
              {...{ autoComplete: 'off', spellCheck: false, 'data-autofocus': true }}
            />
          )}
          <TextInput
            {...{ name: 'displayName', label: say('displayName'), required: true, maxLength: 200 }}
            defaultValue={user?.displayName ?? ''}
          />
          <TextInput
            {...{ name: 'mail', type: 'email', label: say('mail'), maxLength: 254 }}
            defaultValue={user?.mail ?? ''}
          />
          <NativeSelect
            {...{ name: 'locale', label: say('language') }}
            defaultValue={user?.locale ?? 'en'}
            data={[
              { value: 'en', label: 'English' },
              { value: 'pt-BR', label: 'Português (Brasil)' },
            ]}
          />
          <Checkbox.Group label={say('roles')} value={[...roles]} onChange={setRoles}>
            <Group mt={6}>
              {ROLES.map((role) => (
                <Checkbox key={role} value={role} label={role} />
              ))}
            </Group>
          </Checkbox.Group>
          <TextInput
            {...{ name: 'groups', label: say('groups'), description: say('groupsAbout') }}
            defaultValue={user?.groups.join(', ') ?? ''}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {say('cancel')}
            </Button>
            <Button type="submit" loading={add.isPending || change.isPending}>
              {say('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What a form says. Class: pure. */
function read(form: FormData, roles: readonly string[]): NewUser {
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  return {
    ...{ loginName: text('loginName'), displayName: text('displayName') },
    mail: text('mail') || null,
    locale: text('locale') === 'pt-BR' ? 'pt-BR' : 'en',
    roles: ROLES.filter((role) => roles.includes(role)),
    groups: text('groups')
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
  };
}
