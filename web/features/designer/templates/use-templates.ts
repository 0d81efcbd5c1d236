/** Element templates that the modeler offers: those made from activities, and the package's own as they are now. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { readTemplates } from '../api.js';
import type { Modelling } from '../editors/modelling.js';
import { merged, templatesIn } from './templates-in.js';

interface Told {
  readonly errors: readonly { readonly message: string }[];
}

/** Hands them to the modeler. @returns what could not be taken, to be shown */
export function useTemplates(
  modeler: Modelling | null,
  texts: Readonly<Record<string, string>>,
): readonly string[] {
  // Without those of activities everything is drawn by hand, or with the package's own.
  const made = useQuery({ queryKey: ['designer', 'templates'], queryFn: readTemplates });
  const items = made.data?.items ?? NONE;
  const own = useMemo(() => templatesIn(texts), [texts]);
  const [refused, setRefused] = useState<readonly string[]>([]);
  // The texts change with every letter; templates seldom do.
  const written = JSON.stringify(own.templates);
  useEffect(() => {
    if (!modeler) return;
    const hear = (told: Told): void => setRefused(told.errors.map(({ message }) => message));
    const bus = modeler.get('eventBus');
    setRefused([]);
    bus.on?.('elementTemplates.errors', hear);
    const templates = merged(items, JSON.parse(written) as readonly object[]);
    modeler.get('elementTemplatesLoader').setTemplates?.(templates);
    bus.off?.('elementTemplates.errors', hear);
    // A menu that is open would go on offering what there was when it was opened.
    const menu = modeler.get('popupMenu');
    if (menu.isOpen?.()) menu.refresh?.();
  }, [modeler, items, written]);
  return useMemo(() => [...own.unread, ...refused], [own, refused]);
}

const NONE: readonly object[] = [];
