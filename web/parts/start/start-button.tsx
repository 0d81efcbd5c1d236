/** The button by which people start a process, for whoever may; what is behind it is loaded when it is pressed. */
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Play } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { useWorks } from '../../api/works.js';
import { useTexts } from '../../texts/texts.js';
import { START_TEXTS } from './start-texts.js';

const StartDialog = lazy(async () => ({
  default: (await import('./start-dialog.js')).StartDialog,
}));

/** @param customerId - of whom it shall be; null: the form asks */
export function StartButton({ customerId }: { readonly customerId: string | null }): ReactNode {
  const say = useTexts(START_TEXTS);
  const works = useWorks();
  const [isOpen, { open, close }] = useDisclosure();
  if (!works) return null;
  return (
    <>
      <Button variant="default" leftSection={<Play size={16} aria-hidden />} onClick={open}>
        {say('start')}
      </Button>
      {isOpen && (
        <Suspense>
          <StartDialog customerId={customerId} close={close} />
        </Suspense>
      )}
    </>
  );
}
