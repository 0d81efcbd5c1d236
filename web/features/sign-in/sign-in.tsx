import {
  Alert,
  Button,
  Center,
  Paper,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { ask } from '../../api/ask.js';
import { ApiProblem } from '../../api/problem.js';
import { useSession } from '../../api/session.js';
import { CodeForm } from '../../parts/factor/code-form.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { SIGN_IN_TEXTS } from './texts.js';

/** Lets people in by name and password. `isAgain`: over a page whose session has ended. */
export function SignIn({ isAgain = false }: { readonly isAgain?: boolean }): ReactNode {
  const say = useTexts(SIGN_IN_TEXTS);
  useDocumentTitle(`${say('enter')} · Jornada`);
  if (isAgain) {
    return (
      <Stack>
        <Text>{say('again')}</Text>
        <Ways />
      </Stack>
    );
  }
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" w="100%" maw={400} shadow="sm">
        <Stack>
          <div>
            <Title order={1} size="h2">
              Jornada
            </Title>
            <Text c="dimmed">{say('about')}</Text>
          </div>
          <Ways />
        </Stack>
      </Paper>
    </Center>
  );
}

interface SignInWays {
  readonly password: boolean;
  readonly provider: { readonly title: string; readonly url: string } | null;
}

/** By the account of the company where there is a provider; then the password is for emergencies. */
function Ways(): ReactNode {
  const say = useTexts(SIGN_IN_TEXTS);
  const { data } = useQuery({
    queryKey: ['sign-in', 'ways'],
    queryFn: ({ signal }) => ask<SignInWays>('/api/v1/sign-in', { signal }),
  });
  const provider = data?.provider;
  if (!provider) {
    return <SignInForm />;
  }
  const { pathname, search } = window.location;
  const returnTo = encodeURIComponent(pathname + search);
  return (
    <>
      <Button component="a" href={`${provider.url}?returnTo=${returnTo}`} fullWidth>
        {provider.title}
      </Button>
      <details>
        <Text component="summary" size="sm" c="dimmed" mb="sm">
          {say('emergency')}
        </Text>
        <SignInForm />
      </details>
    </>
  );
}

/** What was typed in the first of two steps. */
interface Given {
  readonly loginName: string;
  readonly password: string;
}

/** Name and password; then a code, where the server asks for one. */
function SignInForm(): ReactNode {
  const say = useTexts(SIGN_IN_TEXTS);
  const { signIn } = useSession();
  const [given, setGiven] = useState<Given | null>(null);
  if (!given) return <PasswordStep codeAsked={setGiven} />;
  return (
    <Stack>
      <Text>{say('codeAsked', { name: given.loginName })}</Text>
      <CodeForm
        enter={say('enter')}
        cancel={() => setGiven(null)}
        send={(code) => signIn(given.loginName, given.password, code)}
      />
      <Text size="sm" c="dimmed">
        {say('lost')}
      </Text>
    </Stack>
  );
}

function PasswordStep({ codeAsked }: { readonly codeAsked: (given: Given) => void }): ReactNode {
  const say = useTexts(SIGN_IN_TEXTS);
  const { signIn } = useSession();
  const [error, setError] = useState<unknown>(null);
  const [isSent, setSent] = useState(false);
  const submit = async (event: SyntheticEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const loginName = String(form.get('loginName')).trim();
    const password = String(form.get('password'));
    setSent(true);
    setError(null);
    try {
      await signIn(loginName, password);
    } catch (problem) {
      const isCodeAsked = problem instanceof ApiProblem && problem.code === 'FACTOR_REQUIRED';
      if (isCodeAsked) return codeAsked({ loginName, password });
      setError(problem);
      setSent(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <Refused error={error} />
        <TextInput
          {...{ name: 'loginName', label: say('name'), required: true }}
          {...{ autoComplete: 'username', autoCapitalize: 'none', spellCheck: false }}
          data-autofocus
        />
        <PasswordInput
          {...{ name: 'password', label: say('password'), required: true }}
          autoComplete="current-password"
        />
        <Button type="submit" loading={isSent} fullWidth>
          {say('enter')}
        </Button>
        <Text size="sm" c="dimmed">
          {say('forgotten')}
        </Text>
      </Stack>
    </form>
  );
}

function Refused({ error }: { readonly error: unknown }): ReactNode {
  const say = useTexts(SIGN_IN_TEXTS);
  if (!error) return null;
  const code = error instanceof ApiProblem ? error.code : null;
  if (code === 'SIGN_IN_REFUSED') return <Alert color="red" role="alert" title={say('refused')} />;
  if (code === 'SIGN_IN_TOO_MANY' || code === 'HTTP_TOO_MANY') {
    return <Alert color="red" role="alert" title={say('tooMany')} />;
  }
  return <ProblemAlert error={error} />;
}
