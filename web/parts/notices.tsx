/**
 * Short notices that something was done or not: shown for a while, and read aloud by screen readers, for the region they
 * stand in is always there. Class: side effect (of the page).
 */
import { Alert, Box, Portal, Stack } from '@mantine/core';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { useTexts } from '../texts/texts.js';
import { PARTS_TEXTS } from './texts.js';

/** `bad` stays until it is closed. */
export type NoticeKind = 'good' | 'bad';

interface Notice {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly text: string;
}

const SHOWN_MS = 6000;
const Access = createContext<((kind: NoticeKind, text: string) => void) | null>(null);

/** Shows notices over whatever is below it. */
export function NoticesProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const say = useTexts(PARTS_TEXTS);
  const drop = useCallback((id: number) => {
    setNotices((before) => before.filter((one) => one.id !== id));
  }, []);
  const tell = useMemo(() => {
    let last = 0;
    return (kind: NoticeKind, text: string) => {
      last += 1;
      const id = last;
      setNotices((before) => [...before.slice(-3), { id, kind, text }]);
      if (kind === 'good') window.setTimeout(() => drop(id), SHOWN_MS);
    };
  }, [drop]);
  return (
    <Access value={tell}>
      {children}
      <Portal>
        <Box
          pos="fixed"
          bottom={16}
          right={16}
          maw="min(26rem, calc(100vw - 2rem))"
          className="app-notices app-no-print"
        >
          <Stack gap="xs" aria-live="polite" role="status">
            {notices.map(({ id, kind, text }) => (
              <Alert
                key={id}
                variant="filled"
                color={kind === 'good' ? 'teal.9' : 'red.9'}
                icon={kind === 'good' ? <CircleCheck aria-hidden /> : <CircleAlert aria-hidden />}
                withCloseButton
                closeButtonLabel={say('close')}
                onClose={() => drop(id)}
              >
                {text}
              </Alert>
            ))}
          </Stack>
        </Box>
      </Portal>
    </Access>
  );
}

/** Tells that something was done (`good`) or not (`bad`). */
export function useNotice(): (kind: NoticeKind, text: string) => void {
  const tell = useContext(Access);
  if (!tell) throw new Error('there is a NoticesProvider around the app');
  return tell;
}
