/** What a migration would do, or all that is in the way. */
import { Alert, List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../../../texts/texts.js';
import type { ActOutcome } from '../instances-api.js';
import { nameIn, namesIn } from '../names.js';
import type { VersionElement } from './elements.js';
import { MIGRATION_TEXTS } from './texts.js';

/** Says it. */
export function MigrationPreview({
  preview,
  to,
  before,
  after,
}: {
  readonly preview: NonNullable<ActOutcome['migration']>;
  readonly to: number;
  readonly before: readonly VersionElement[];
  readonly after: readonly VersionElement[];
}): ReactNode {
  const say = useTexts(MIGRATION_TEXTS);
  const { problems, renamed, closed, armed, entered, incidentsOpened, waitingAt } = preview;
  if (problems.length > 0) {
    return (
      <Alert color="red" role="status">
        <Text fw={600}>{say('no', { to })}</Text>
        <List size="sm">
          {problems.map(({ code, message }) => (
            <List.Item key={`${code} ${message}`}>{`${code}: ${message}`}</List.Item>
          ))}
        </List>
      </Alert>
    );
  }
  const moved = new Map(renamed.map(({ from, to: id }) => [from, id]));
  const stuck = incidentsOpened.map(
    ({ elementId, code }) => `${nameIn(after, elementId)}: ${code}`,
  );
  const lines = [
    ...[...moved].map(([from, id]) =>
      say('renamed', { from: nameIn(before, from), to: nameIn(after, id) }),
    ),
    ...(closed.length > 0 ? [say('closed', { what: namesIn(before, closed) })] : []),
    ...(armed.length > 0 ? [say('armed', { what: namesIn(after, armed) })] : []),
    ...(entered.length > 0 ? [say('entered', { what: namesIn(after, entered) })] : []),
    ...(stuck.length > 0 ? [say('incidents', { what: stuck.join(', ') })] : []),
    ...(waitingAt.length > 0 ? [say('waitingAt', { what: namesIn(after, waitingAt) })] : []),
  ];
  return (
    <Alert color={stuck.length > 0 ? 'yellow' : 'teal'} role="status">
      <Text fw={600}>{say('ok', { to })}</Text>
      {lines.length === 0 ? (
        <Text size="sm">{say('kept')}</Text>
      ) : (
        <List size="sm">
          {lines.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
