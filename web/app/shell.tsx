/** The frame around all pages: the mark, the areas, whoever works here. Without a session it lets people sign in. */
import { AppShell, Burger, Group, Loader, NavLink, Text, VisuallyHidden } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { listenLive } from '../api/live.js';
import { type Person, useSession } from '../api/session.js';
import { StepUp } from '../parts/factor/step-up.js';
import { speakAs, useLocale, useTexts } from '../texts/texts.js';
import { AccountMenu } from './account-menu.js';
import type { Area } from './area.js';
import { useKeys } from './keys.js';
import { areasOf } from './nav.js';
import { OfflinePage } from './offline-page.js';
import { APP_TEXTS } from './texts.js';

const KeysHelp = lazy(async () => ({ default: (await import('./keys-help.js')).KeysHelp }));

const SignIn = lazy(async () => ({
  default: (await import('../features/sign-in/sign-in.js')).SignIn,
}));
const loadSignInAgain = async () => ({
  default: (await import('../features/sign-in/sign-in-again.js')).SignInAgain,
});
const SignInAgain = lazy(loadSignInAgain);
/** Whoever is signed out later signs in by what was loaded with the page, whatever the server has by then. */
const SIGN_IN_LATER_MS = 5_000;

const MAIN = 'main';

const FactorMissing = lazy(async () => ({
  default: (await import('../features/account/factor-missing.js')).FactorMissing,
}));

/** Shows the page, once it is known who reads it. Who is signed out meanwhile signs in over it, and loses nothing. */
export function Shell(): ReactNode {
  const { session } = useSession();
  const [first, setFirst] = useState<Person | null>(null);
  const person = 'person' in session ? session.person : null;
  useEffect(() => {
    if (!person) return;
    // What one person had open is not for the next.
    if (first && first.userId !== person.userId) window.location.assign('/');
    else setFirst(person);
    void speakAs(person.locale);
  }, [person, first]);
  const isFactorMissing = session.state === 'in' && session.isFactorMissing;
  const isIn = session.state === 'in' && !isFactorMissing;
  useEffect(() => (isIn ? listenLive() : undefined), [isIn]);
  useEffect(() => {
    const timer = window.setTimeout(() => void loadSignInAgain(), SIGN_IN_LATER_MS);
    return () => window.clearTimeout(timer);
  }, []);
  if (!person) {
    if (session.state === 'offline') return <OfflinePage />;
    if (session.state !== 'out') return <Working />;
    return (
      <Suspense fallback={<Working />}>
        <SignIn />
      </Suspense>
    );
  }
  if (isFactorMissing) {
    return (
      <Suspense fallback={<Working />}>
        <FactorMissing />
      </Suspense>
    );
  }
  return (
    <>
      <Frame person={person} />
      <StepUp />
      {session.state === 'out' && (
        <Suspense>
          <SignInAgain />
        </Suspense>
      )}
    </>
  );
}

function Working(): ReactNode {
  const say = useTexts(APP_TEXTS);
  return (
    <main>
      <Group justify="center" p="xl" role="status">
        <Loader />
        <VisuallyHidden>{say('working')}</VisuallyHidden>
      </Group>
    </main>
  );
}

function Frame({ person }: { readonly person: Person }): ReactNode {
  const say = useTexts(APP_TEXTS);
  const [isOpen, { toggle, close }] = useDisclosure();
  const areas = areasOf(person.roles);
  const isNarrow = useMediaQuery('(max-width: 48em)') ?? false;
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a className="app-skip" href={`#${MAIN}`}>
        {say('skip')}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            {isNarrow && (
              <Burger opened={isOpen} onClick={toggle} size="sm" aria-label={say('menu')} />
            )}
            <Text
              component={Link}
              to="/"
              fw={700}
              size="lg"
              c="inherit"
              td="none"
              aria-label={`Jornada, ${say('start')}`}
            >
              Jornada
            </Text>
          </Group>
          <AccountMenu person={person} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={say('areas')}>
        {areas.map((area) => (
          <AreaLink key={area.path} area={area} onClick={close} />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id={MAIN} tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
      <AreaKeys areas={areas} />
    </AppShell>
  );
}

function AreaLink({
  area,
  onClick,
}: {
  readonly area: Area;
  readonly onClick: () => void;
}): ReactNode {
  const locale = useLocale();
  const { pathname } = useLocation();
  const isHere = pathname === area.path || pathname.startsWith(`${area.path}/`);
  const Icon = area.icon;
  return (
    <NavLink
      component={Link}
      to={area.path}
      label={area.title[locale]}
      leftSection={<Icon size={18} aria-hidden />}
      active={isHere}
      aria-current={isHere ? 'page' : undefined}
      onClick={onClick}
      variant="light"
    />
  );
}

/** `g` and a letter goes to an area, `?` shows the keys. */
function AreaKeys({ areas }: { readonly areas: readonly Area[] }): ReactNode {
  const say = useTexts(APP_TEXTS);
  const [isOpen, { open, close }] = useDisclosure();
  useKeys(say('keysGeneral'), [{ keys: '?', text: say('keysShow'), act: open }]);
  return (
    <>
      {areas.map((area) => (
        <AreaKey key={area.path} area={area} />
      ))}
      {isOpen && (
        <Suspense>
          <KeysHelp close={close} />
        </Suspense>
      )}
    </>
  );
}

function AreaKey({ area }: { readonly area: Area }): ReactNode {
  const locale = useLocale();
  const general = useTexts(APP_TEXTS)('keysGeneral');
  const navigate = useNavigate();
  const act = (): void => void navigate({ to: area.path });
  useKeys(general, [{ keys: `g ${area.key}`, text: area.title[locale], act }]);
  return null;
}
