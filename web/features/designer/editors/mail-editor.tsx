import { Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTexts } from '../../../texts/texts.js';
import type { EditorProps } from '../draft-page.js';
import { DESIGNER_TEXTS } from '../texts.js';
import { TextEditor } from './text-editor.js';

/** A mail with what it becomes, filled in from the sample of `process.yaml`. */
export function MailEditor(props: EditorProps): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const { path, text, files } = props;
  const preview = useQuery({
    queryKey: ['designer', 'mail', path, text, files['process.yaml']],
    queryFn: () => render(path, text, files['process.yaml'] ?? ''),
    retry: false,
  });
  return (
    <Group align="stretch" grow wrap="nowrap" h="100%" preventGrowOverflow={false}>
      <TextEditor {...props} />
      <Paper withBorder p="md" component="section" aria-label={say('mailPreview')}>
        <Stack gap="xs">
          <Text size="xs" c="dimmed">
            {say('mailPreview')}
          </Text>
          {preview.error ? (
            <Text c="red" size="sm" role="alert">
              {preview.error.message}
            </Text>
          ) : (
            <>
              <Text fw={600}>{preview.data?.subject}</Text>
              <Text className="designer-mail">{preview.data?.body}</Text>
            </>
          )}
        </Stack>
      </Paper>
    </Group>
  );
}

/** The template as text: what is in it stands between the lines of its head. Errors: those of the template, in its own words. */
async function render(path: string, text: string, description: string) {
  const [{ Liquid }, { parse }] = await Promise.all([import('liquidjs'), import('yaml')]);
  const name = path.replace(/^.*\//, '').replace(/\.[\w-]+\.liquid$/, '');
  const { mails = {} } = parse(description) as {
    readonly mails?: Readonly<Record<string, { readonly sample?: object }>>;
  };
  const liquid = new Liquid({ strictVariables: true, strictFilters: true });
  const filled = String(await liquid.parseAndRender(text, { ...mails[name]?.sample }));
  const [, head = '', body = filled] =
    /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(filled) ?? [];
  return { subject: /^subject:\s*(.*)$/m.exec(head)?.[1] ?? '', body };
}
