import { type ReactNode, useState } from 'react';
import type { Script } from '../api.js';
import type { Painting } from '../draft-page.js';
import type { Files } from '../saving.js';
import { Beginning } from './beginning.js';
import { Playing } from './playing.js';
import { keepIn, keptIn } from './script.js';

/** Plays the draft: what was done so far, what waits, and a clock. */
export function PlayPanel({
  packageKey,
  draftId,
  files,
  paint,
  isReadOnly,
}: {
  readonly packageKey: string;
  readonly draftId: string;
  readonly files: Files;
  readonly paint: (painting: Painting | null) => void;
  readonly isReadOnly: boolean;
}): ReactNode {
  const [script, setScript] = useState<Script>(() => keptIn(draftId));
  const set = (next: Script): void => {
    keepIn(draftId, next);
    setScript(next);
  };
  return script.acts.length === 0 ? (
    <Beginning {...{ packageKey, script, files }} begin={set} />
  ) : (
    <Playing
      {...{ draftId, files, paint, isReadOnly, script }}
      rewind={(acts) => set({ ...script, acts })}
    />
  );
}
