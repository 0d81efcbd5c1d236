/** The app: theme, session, what is read, notices, keys, addresses. */
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { createQueries } from '../api/queries.js';
import { SessionProvider, useSession } from '../api/session.js';
import { NoticesProvider } from '../parts/notices.js';
import { useLocale } from '../texts/texts.js';
import { KeysProvider } from './keys.js';
import { nonce } from './nonce.js';
import { router } from './router.js';
import { theme, variables } from './theme.js';

/** All of it. */
export function App(): ReactNode {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={nonce}
    >
      <SessionProvider>
        <WithQueries>
          <NoticesProvider>
            <KeysProvider>
              <RouterProvider router={router} />
            </KeysProvider>
          </NoticesProvider>
        </WithQueries>
      </SessionProvider>
    </MantineProvider>
  );
}

function WithQueries({ children }: { readonly children: ReactNode }): ReactNode {
  const { ended } = useSession();
  const [queries] = useState(() => createQueries(ended));
  const locale = useLocale();
  const told = useRef(locale);
  // What the server told as sentences was told in the language of before.
  useEffect(() => {
    if (told.current === locale) return;
    told.current = locale;
    void queries.invalidateQueries();
  }, [locale, queries]);
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}
