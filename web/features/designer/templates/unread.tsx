import { Alert, List } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../../../texts/texts.js';
import { DESIGNER_TEXTS } from '../texts.js';

/** Templates that are not offered, and why; none: nothing is shown. */
export function Unread({ problems }: { readonly problems: readonly string[] }): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  if (problems.length === 0) return null;
  return (
    <Alert color="orange" role="alert" className="designer-unread" title={say('templatesUnread')}>
      <List size="xs">
        {problems.map((problem) => (
          <List.Item key={problem}>{problem}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
