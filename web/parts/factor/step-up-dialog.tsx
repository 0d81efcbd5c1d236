import { Button, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../../api/ask.js';
import { useTexts } from '../../texts/texts.js';
import { CodeForm } from './code-form.js';
import { showFactor, useFactor } from './factor-api.js';
import { FACTOR_TEXTS } from './texts.js';

/** Hears whether the factor was shown. */
export type Answer = (isShown: boolean) => void;

/** Asks for the factor. */
export function StepUpDialog({ end }: { readonly end: Answer }): ReactNode {
  const say = useTexts(FACTOR_TEXTS);
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
