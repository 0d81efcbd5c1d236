import { Button } from '@mantine/core';
import { ArrowRightLeft, CircleX, GitBranch, Pause, Play } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTexts } from '../../texts/texts.js';
import type { WholeInstance } from './instances-api.js';
import { MoveDialog } from './move-dialog.js';
import { ReasonDialog } from './reason-dialog.js';
import { INSTANCES_TEXTS } from './texts.js';

const MigrateDialog = lazy(async () => ({
  default: (await import('./migration/dialog.js')).MigrateDialog,
}));

type Open = 'suspend' | 'resume' | 'move' | 'migrate' | 'cancel' | null;

/** What an admin may do to an instance that has not ended. */
export function Acts({ instance }: { readonly instance: WholeInstance }): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const [open, setOpen] = useState<Open>(null);
  const close = (): void => setOpen(null);
  if (instance.endedAt !== null) return null;
  const isSuspended = instance.state === 'SUSPENDED';
  const other = isSuspended ? ('resume' as const) : ('suspend' as const);
  return (
    <>
      <Button
        variant="default"
        leftSection={isSuspended ? <Play size={16} aria-hidden /> : <Pause size={16} aria-hidden />}
        onClick={() => setOpen(other)}
      >
        {say(other)}
      </Button>
      <Button
        variant="default"
        leftSection={<ArrowRightLeft size={16} aria-hidden />}
        onClick={() => setOpen('move')}
      >
        {say('move')}
      </Button>
      {instance.latestVersion > 1 && (
        <Button
          variant="default"
          leftSection={<GitBranch size={16} aria-hidden />}
          onClick={() => setOpen('migrate')}
        >
          {say('migrate')}
        </Button>
      )}
      <Button
        color="red.9"
        leftSection={<CircleX size={16} aria-hidden />}
        onClick={() => setOpen('cancel')}
      >
        {say('cancel')}
      </Button>
      {open === 'move' && <MoveDialog {...{ instance, close }} />}
      {open === 'migrate' && (
        <Suspense fallback={null}>
          <MigrateDialog {...{ instance, close }} />
        </Suspense>
      )}
      {(open === 'suspend' || open === 'resume' || open === 'cancel') && (
        <ReasonDialog {...{ instance, close, kind: open }} />
      )}
    </>
  );
}
