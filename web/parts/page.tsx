import { Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';

/** A page: its title, what can be done on all of it, its content. */
export function Page({
  title,
  about,
  actions,
  children,
}: {
  readonly title: string;
  /** One line that says what is here. */
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  useDocumentTitle(`${title} · Jornada`);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Title order={1} size="h2" className="app-breaks">
            {title}
          </Title>
          {about && (
            <Text c="dimmed" size="sm">
              {about}
            </Text>
          )}
        </div>
        {actions && (
          <Group gap="xs" className="app-no-print">
            {actions}
          </Group>
        )}
      </Group>
      {children}
    </Stack>
  );
}
