/** One sets up a second factor: by the password, by the app, by a code of it; then the recovery codes are shown. */
import { Button, Code, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { CodeForm } from '../../parts/factor/code-form.js';
import { type Begun, beginFactor, confirmFactor } from '../../parts/factor/factor-api.js';
import { QrCode } from '../../parts/factor/qr-code.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { OWN_FACTOR_TEXTS } from './factor-texts.js';
import { RecoveryCodes } from './recovery-codes.js';

/** @param done - when the recovery codes are kept */
export function Enrolment({
  done,
  cancel,
}: {
  readonly done: () => void;
  readonly cancel?: () => void;
}): ReactNode {
  const say = useTexts(OWN_FACTOR_TEXTS);
  const [begun, setBegun] = useState<Begun | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes) return <RecoveryCodes codes={codes} done={done} />;
  if (!begun) return <Beginning begun={setBegun} {...(cancel && { cancel })} />;
  return (
    <Stack maw={480}>
      <Text>{say('scan')}</Text>
      <QrCode text={begun.address} label={say('qr')} />
      <div>
        <Text size="sm">{say('byHand')}</Text>
        <Code className="app-code">{begun.secret.match(/.{1,4}/g)?.join(' ')}</Code>
      </div>
      <CodeForm
        enter={say('confirm')}
        about={say('confirmAbout')}
        {...(cancel && { cancel })}
        send={async (code) => setCodes(await confirmFactor(code))}
      />
    </Stack>
  );
}

function Beginning({
  begun,
  cancel,
}: {
  readonly begun: (begun: Begun) => void;
  readonly cancel?: () => void;
}): ReactNode {
  const say = useTexts(OWN_FACTOR_TEXTS);
  const begin = useMutation({ mutationFn: beginFactor, onSuccess: begun });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        begin.mutate(String(new FormData(event.currentTarget).get('factorPassword')));
      }}
    >
      <Stack maw={400}>
        {begin.error && <ProblemAlert error={begin.error} />}
        <PasswordInput
          {...{ name: 'factorPassword', label: say('password'), required: true }}
          {...{ autoComplete: 'current-password', autoFocus: true }}
        />
        <Group justify="flex-end">
          {cancel && (
            <Button variant="default" onClick={cancel}>
              {say('cancel')}
            </Button>
          )}
          <Button type="submit" loading={begin.isPending}>
            {say('next')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
