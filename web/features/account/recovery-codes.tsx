import { Button, Code, CopyButton, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTexts } from '../../texts/texts.js';
import { OWN_FACTOR_TEXTS } from './factor-texts.js';

/** Shows recovery codes the one time that they are shown. */
export function RecoveryCodes({
  codes,
  done,
}: {
  readonly codes: readonly string[];
  readonly done: () => void;
}): ReactNode {
  const say = useTexts(OWN_FACTOR_TEXTS);
  const text = codes.join('\n');
  const href = useFile(`${text}\n`);
  return (
    <Stack gap="xs" maw={480}>
      <Title order={3} size="h5">
        {say('codes')}
      </Title>
      <Text>{say('codesAbout')}</Text>
      <Code block className="app-code">
        {text}
      </Code>
      <Group>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {say(copied ? 'copied' : 'copy')}
            </Button>
          )}
        </CopyButton>
        <Button component="a" variant="default" href={href} download={say('file')}>
          {say('download')}
        </Button>
        <Button onClick={done}>{say('kept')}</Button>
      </Group>
    </Stack>
  );
}

/** Address of a text as a file, while it is shown. */
function useFile(text: string): string {
  const [href, setHref] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    setHref(made);
    return () => URL.revokeObjectURL(made);
  }, [text]);
  return href;
}
