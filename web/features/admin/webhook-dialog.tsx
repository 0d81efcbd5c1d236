import { Button, Group, Modal, MultiSelect, Stack, TextInput } from '@mantine/core';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import type { EventType } from '../../../contracts/events.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { WEBHOOK_TEXTS } from './webhook-texts.js';
import { useWebhookAct, type Way } from './webhooks-api.js';

/** All that may be told; a type that is forgotten or misspelt does not compile. */
const TYPES = Object.keys({
  'process_instance.started': true,
  'process_instance.changed': true,
  'process_instance.suspended': true,
  'process_instance.resumed': true,
  'process_instance.completed': true,
  'process_instance.terminated': true,
  'user_task.created': true,
  'user_task.changed': true,
  'user_task.completed': true,
  'user_task.cancelled': true,
  'incident.created': true,
  'incident.resolved': true,
  'audit.appended': true,
} satisfies Record<EventType, true>);

/** Asks for what one is about, and makes it. `made` is given its secret. */
export function WebhookDialog({
  way,
  close,
  made,
}: {
  readonly way: Way;
  readonly close: () => void;
  readonly made: (secret: string) => void;
}): ReactNode {
  const say = useTexts(WEBHOOK_TEXTS);
  const act = useWebhookAct(way);
  const [types, setTypes] = useState<readonly string[]>(['user_task.created']);
  const isOut = way === 'webhooks';
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string): string => String(form.get(name) ?? '').trim();
    const body = isOut
      ? { name: text('name'), url: text('url'), types }
      : {
          ...{ name: text('name'), messageName: text('messageName') },
          ...{ correlationKey: text('correlationKey'), variables: text('variables') || null },
        };
    const onSuccess = ({ secret }: { readonly secret?: string }): void => {
      if (secret !== undefined) made(secret);
      close();
    };
    act.mutate({ kind: 'make', body }, { onSuccess });
  };
  const required = { required: true, maxLength: 2_000 };
  return (
    <Modal
      opened
      onClose={close}
      title={say(isOut ? 'addOut' : 'addIn')}
      closeButtonProps={{ 'aria-label': say('cancel') }}
    >
      <form onSubmit={submit}>
        <Stack>
          {act.error && <ProblemAlert error={act.error} />}
          <TextInput
            {...{ name: 'name', label: say('name'), required: true, maxLength: 100 }}
            data-autofocus
          />
          {isOut ? (
            <>
              <TextInput
                {...{ name: 'url', label: say('url'), type: 'url', ...required }}
                placeholder="https://"
              />
              <MultiSelect
                {...{ label: say('types'), data: TYPES, value: [...types], onChange: setTypes }}
                searchable
                required
              />
            </>
          ) : (
            <>
              <TextInput {...{ name: 'messageName', label: say('message'), ...required }} />
              <TextInput
                {...{ name: 'correlationKey', label: say('key'), ...required }}
                description={say('keyHint')}
              />
              <TextInput
                {...{ name: 'variables', label: say('variables'), maxLength: 2_000 }}
                description={say('variablesHint')}
              />
            </>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {say('cancel')}
            </Button>
            <Button type="submit" loading={act.isPending} disabled={isOut && types.length === 0}>
              {say('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
