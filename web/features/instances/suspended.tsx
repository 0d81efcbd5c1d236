/** Says of an instance that stands still who had it do so, since when, and why. */
import { Alert } from '@mantine/core';
import { Pause } from 'lucide-react';
import type { ReactNode } from 'react';
import { Time } from '../../parts/time.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { useTimeline } from './instances-api.js';
import { INSTANCES_TEXTS } from './texts.js';

/** Shows it, as far as what happened last has it: what came since stands in the list of what happened. */
export function Suspended({ instanceKey }: { readonly instanceKey: string }): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const { data } = useTimeline(instanceKey, useLocale(), false);
  const lines = data?.pages.flatMap(({ items }) => items) ?? [];
  const line = lines.find(({ kind }) => kind === 'instanceSuspended');
  return (
    <Alert color="violet" variant="light" icon={<Pause aria-hidden />}>
      {say('suspendedAbout')}
      {line && (
        <>
          {` ${say('suspendedBy', { who: line.actor ?? say('engine') })} `}
          <Time at={line.at} />
          {line.why !== null && `: ${line.why}`}
        </>
      )}
    </Alert>
  );
}
