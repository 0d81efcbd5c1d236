import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CircleAlert, TriangleAlert, WandSparkles } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ShownFinding } from '../../../contracts/designer.js';
import { Loaded } from '../../parts/loaded.js';
import { useNotice } from '../../parts/notices.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { KEYS, readFindings } from './api.js';
import type { Files } from './saving.js';
import { DESIGNER_TEXTS } from './texts.js';

/** What is wrong with the draft, judged anew with each save; each leads to its place, and is mended where it is clear how. */
export function ProblemsPanel({
  draftId,
  files,
  look,
  isReadOnly,
}: {
  readonly draftId: string;
  readonly files: Files;
  readonly look: (found: ShownFinding) => void;
  readonly isReadOnly: boolean;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const query = useQuery({
    queryKey: [...KEYS.draft(draftId), 'findings', files.saves],
    queryFn: ({ signal }) => readFindings(draftId, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <Loaded query={query}>
      {({ findings }) => (
        <Stack gap="xs" aria-busy={query.isFetching}>
          <Text size="sm" role="status" c="dimmed">
            {query.isFetching
              ? say('judging')
              : findings.length === 0
                ? say('noFindings')
                : say('findings', { count: findings.length })}
          </Text>
          {findings.map((found) => (
            <Finding
              key={`${found.code} ${found.file} ${found.elementId} ${found.line} ${found.message}`}
              found={found}
              look={() => look(found)}
              files={files}
              isReadOnly={isReadOnly || query.isFetching}
            />
          ))}
        </Stack>
      )}
    </Loaded>
  );
}

function Finding({
  found,
  look,
  files,
  isReadOnly,
}: {
  readonly found: ShownFinding;
  readonly look: () => void;
  readonly files: Files;
  readonly isReadOnly: boolean;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const locale = useLocale();
  const tell = useNotice();
  const isWarning = found.severity === 'warning';
  const Icon = isWarning ? TriangleAlert : CircleAlert;
  const mend = async (edits: ShownFinding['fixes'][number]['edits']): Promise<void> => {
    for (const { path, from, to, text } of edits) {
      const before = files.texts[path] ?? '';
      await files.put(path, text === null ? null : before.slice(0, from) + text + before.slice(to));
    }
    tell('good', say('fixed'));
  };
  const place = [found.file, found.line].filter((one) => one !== null).join(':');
  return (
    <Paper withBorder p="xs" component="article" aria-label={found.code}>
      <Group gap={6} wrap="nowrap" align="flex-start">
        <Icon
          size={16}
          aria-label={say(isWarning ? 'warning' : 'error')}
          className={isWarning ? 'designer-warning' : 'designer-error'}
        />
        <div className="designer-finding">
          <Text size="sm" lineClamp={6} title={found.message}>
            {found.message}
          </Text>
          <Text size="xs" c="dimmed" className="app-clip">
            {place}
            {found.elementId ? ` · ${found.elementId}` : ''}
          </Text>
          <Group gap="xs" mt={4}>
            {found.file && (
              <Button size="compact-xs" variant="default" onClick={look}>
                {say('look')}
              </Button>
            )}
            {!isReadOnly &&
              found.fixes.map(({ title, edits }) => (
                <Button
                  key={title.en}
                  size="compact-xs"
                  leftSection={<WandSparkles size={12} aria-hidden />}
                  onClick={() => void mend(edits)}
                >
                  {title[locale]}
                </Button>
              ))}
            <Badge size="xs" variant="light" color="gray">
              {found.code}
            </Badge>
          </Group>
        </div>
      </Group>
    </Paper>
  );
}
