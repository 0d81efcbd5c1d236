/**
 * What weighs much asks for a second factor that was shown just now: whoever works here shows it over the page, and what
 * they did is asked again by itself. Class: side effect (of the page).
 */
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { onStepUp } from '../../api/ask.js';
import type { Answer } from './step-up-dialog.js';

const StepUpDialog = lazy(async () => ({
  default: (await import('./step-up-dialog.js')).StepUpDialog,
}));

/** Waits for what asks for it; stands once in the frame. */
export function StepUp(): ReactNode {
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => onStepUp(() => new Promise<boolean>((resolve) => setAnswer(() => resolve))), []);
  const end = (isShown: boolean): void => {
    answer?.(isShown);
    setAnswer(null);
  };
  useEscape(answer && (() => end(false)));
  if (!answer) return null;
  return (
    <Suspense>
      <StepUpDialog end={end} />
    </Suspense>
  );
}

/** Escape ends this and not the dialog below it: whoever listens first hears first, and this listens as long as the frame stands. */
function useEscape(act: (() => void) | null): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || !latest.current) return;
      event.stopImmediatePropagation();
      latest.current();
    };
    window.addEventListener('keydown', hear, { capture: true });
    return () => window.removeEventListener('keydown', hear, { capture: true });
  }, []);
}
