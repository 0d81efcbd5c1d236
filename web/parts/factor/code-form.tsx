import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { type ReactNode, type SyntheticEvent, useRef, useState } from 'react';
import { ApiProblem } from '../../api/problem.js';
import { useTexts } from '../../texts/texts.js';
import { ProblemAlert } from '../problem-alert.js';
import { FACTOR_TEXTS } from './texts.js';

/** Asks for a code of the second factor. `send` throws what was answered; a wrong code is told, and another is asked for. */
export function CodeForm({
  send,
  enter,
  about,
  cancel,
}: {
  readonly send: (code: string) => Promise<void>;
  /** What the button says. */
  readonly enter: string;
  /** What is asked for; left out: any code that counts. */
  readonly about?: string;
  readonly cancel?: () => void;
}): ReactNode {
  const say = useTexts(FACTOR_TEXTS);
  const input = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<unknown>(null);
  const [isSent, setSent] = useState(false);
  const submit = async (event: SyntheticEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    // It may stand in another form of the page.
    event.stopPropagation();
    setSent(true);
    setError(null);
    try {
      await send(input.current?.value ?? '');
    } catch (problem) {
      setError(problem);
      input.current?.select();
    }
    setSent(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <Refused error={error} />
        <TextInput
          ref={input}
          {...{ name: 'code', label: say('code'), description: about ?? say('codeAbout') }}
          {...{ required: true, maxLength: 100, autoComplete: 'one-time-code' }}
          {...{ autoCapitalize: 'none', spellCheck: false }}
          data-autofocus
          autoFocus
        />
        <Group justify="flex-end">
          {cancel && (
            <Button variant="default" onClick={cancel}>
              {say('cancel')}
            </Button>
          )}
          <Button type="submit" loading={isSent}>
            {enter}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Refused({ error }: { readonly error: unknown }): ReactNode {
  const say = useTexts(FACTOR_TEXTS);
  if (!error) return null;
  const code = error instanceof ApiProblem ? error.code : null;
  if (code === 'FACTOR_WRONG') return <Alert color="red" role="alert" title={say('wrong')} />;
  if (code === 'SIGN_IN_TOO_MANY') return <Alert color="red" role="alert" title={say('tooMany')} />;
  return <ProblemAlert error={error} />;
}
