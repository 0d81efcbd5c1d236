import { Button, Menu, useMantineColorScheme } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Check, ChevronDown, CircleUserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Person, useSession } from '../api/session.js';
import { LOCALES, speak, useLocale, useTexts } from '../texts/texts.js';
import { APP_TEXTS } from './texts.js';

const LANGUAGES = { en: 'English', 'pt-BR': 'Português (Brasil)' } as const;

/** Language, colours, account, out. */
export function AccountMenu({ person }: { readonly person: Person }): ReactNode {
  const say = useTexts(APP_TEXTS);
  const locale = useLocale();
  const { signOut } = useSession();
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<CircleUserRound size={18} aria-hidden />}
          rightSection={<ChevronDown size={14} aria-hidden />}
        >
          {person.displayName}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/account">
          {say('account')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{say('language')}</Menu.Label>
        {LOCALES.map((one) => (
          <Menu.Item
            key={one}
            lang={one}
            onClick={() => void speak(one)}
            rightSection={one === locale ? <Check size={14} aria-hidden /> : null}
            aria-current={one === locale}
          >
            {LANGUAGES[one]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <ColourItems />
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut()}>{say('signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function ColourItems(): ReactNode {
  const say = useTexts(APP_TEXTS);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const schemes = [
    ['auto', say('coloursAuto')],
    ['light', say('coloursLight')],
    ['dark', say('coloursDark')],
  ] as const;
  return (
    <>
      <Menu.Label>{say('colours')}</Menu.Label>
      {schemes.map(([scheme, text]) => (
        <Menu.Item
          key={scheme}
          onClick={() => setColorScheme(scheme)}
          rightSection={scheme === colorScheme ? <Check size={14} aria-hidden /> : null}
          aria-current={scheme === colorScheme}
        >
          {text}
        </Menu.Item>
      ))}
    </>
  );
}
