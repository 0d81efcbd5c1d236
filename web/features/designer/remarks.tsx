import { List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PackageRemarks } from '../../../contracts/designer.js';
import { Time } from '../../parts/time.js';
import { useTexts } from '../../texts/texts.js';
import { DESIGNER_TEXTS } from './texts.js';

export type Remark = PackageRemarks['items'][number];

/** What was said of a draft while it was reviewed, the newest first; nothing: nothing is shown. */
export function Remarks({
  remarks,
  about,
}: {
  readonly remarks: readonly Remark[];
  /** Name of the draft or version. */
  readonly about: string;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  if (remarks.length === 0) return null;
  return (
    <List size="sm" listStyleType="none" aria-label={say('remarksOn', { name: about })}>
      {remarks.map(({ at, by, step, remark }) => (
        <List.Item key={`${at} ${step}`}>
          <Text size="sm" className="designer-path">
            “{remark}”
          </Text>
          <Text size="xs" c="dimmed">
            {by ?? say('somebody')}, {say(`remark_${step}`)}, <Time at={at} />
          </Text>
        </List.Item>
      ))}
    </List>
  );
}
