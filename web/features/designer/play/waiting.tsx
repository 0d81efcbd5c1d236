import { Button, Paper, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { JsonField } from './json-field.js';
import { isJson } from './script.js';

/** Something that waits for an answer, which is given in it. */
export function Waiting({
  title,
  about,
  children,
}: {
  readonly title: string;
  readonly about: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Paper withBorder p="xs" component="article" aria-label={title}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text size="xs" c="dimmed">
        {about}
      </Text>
      {children}
    </Paper>
  );
}

/** An answer as JSON. */
export function JsonAnswer({
  label,
  button,
  send,
}: {
  readonly label: string;
  readonly button: string;
  readonly send: (value: unknown) => void;
}): ReactNode {
  const [text, setText] = useState('{}');
  return (
    <>
      <JsonField label={label} value={text} onChange={setText} minRows={1} maxRows={8} size="xs" />
      <Button size="xs" mt="xs" disabled={!isJson(text)} onClick={() => send(JSON.parse(text))}>
        {button}
      </Button>
    </>
  );
}
