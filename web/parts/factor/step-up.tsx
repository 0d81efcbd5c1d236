/**
 * What weighs much asks for a second factor that was shown just now: whoever works here shows it over the page, and what
 * they did is asked again by itself. Class: side effect (of the page).
 */
import { Button, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ask, onStepUp } from '../../api/ask.js';
import { useTexts } from '../../texts/texts.js';
import { CodeForm } from './code-form.js';
import { showFactor, useFactor } from './factor-api.js';
import { FACTOR_TEXTS } from './texts.js';

type Answer = (isShown: boolean) => void;

/** Waits for what asks for it; stands once in the frame. */
export function StepUp(): ReactNode {
  const say = useTexts(FACTOR_TEXTS);
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => onStepUp(() => new Promise<boolean>((resolve) => setAnswer(() => resolve))), []);
  const end = (isShown: boolean): void => {
    answer?.(isShown);
    setAnswer(null);
  };
  useEscape(answer && (() => end(false)));
  if (!answer) return null;
  return (
    <Modal
      opened
      onClose={() => end(false)}
      title={say('stepUp')}
      closeButtonProps={{ 'aria-label': say('cancel') }}
      closeOnEscape={false}
      // Over the dialog in which it is asked for.
      zIndex={300}
    >
      <Ways end={end} />
    </Modal>
  );
}

/** Escape ends this and not the dialog below it: whoever listens first hears first, and this listens as long as the frame stands. */
function useEscape(act: (() => void) | null): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || !latest.current) return;
      event.stopImmediatePropagation();
      latest.current();
    };
    window.addEventListener('keydown', hear, { capture: true });
    return () => window.removeEventListener('keydown', hear, { capture: true });
  }, []);
}

/** By a code; whom a provider signed in has none here, and signs in there again. */
function Ways({ end }: { readonly end: Answer }): ReactNode {
  const say = useTexts(FACTOR_TEXTS);
  const { data } = useFactor();
  if (!data) return <Loader />;
  if (!data.isThere) return <AtProvider />;
  return (
    <Stack>
      <Text>{say('stepUpAbout')}</Text>
      <CodeForm
        enter={say('show')}
        cancel={() => end(false)}
        send={async (code) => {
          await showFactor(code);
          end(true);
        }}
      />
    </Stack>
  );
}

function AtProvider(): ReactNode {
  const say = useTexts(FACTOR_TEXTS);
  const { data } = useQuery({
    queryKey: ['sign-in', 'ways'],
    queryFn: ({ signal }) =>
      ask<{ readonly provider: { readonly url: string } | null }>('/api/v1/sign-in', { signal }),
  });
  const { pathname, search } = window.location;
  const returnTo = encodeURIComponent(pathname + search);
  return (
    <Stack>
      <Text>{say('providerAbout')}</Text>
      {data?.provider && (
        <Group justify="flex-end">
          <Button component="a" href={`${data.provider.url}?returnTo=${returnTo}`}>
            {say('provider')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
