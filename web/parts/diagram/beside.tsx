/** What stands below a diagram: larger, smaller, all of it; and its steps as a list, which is opened. */
import { ActionIcon, Button, Group } from '@mantine/core';
import { List, Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { type ReactNode, useId, useMemo, useState } from 'react';
import { useTexts } from '../../texts/texts.js';
import { PARTS_TEXTS } from '../texts.js';
import type { Difference, Heat, Standing } from './diagram.js';
import { centreOn, type Drawing, stepsOf, zoomBy } from './drawn.js';
import { Outline, type OutlineRow } from './outline.js';

/** What is known of elements. */
export interface Known {
  readonly standing: ReadonlyMap<string, Standing>;
  readonly heat: ReadonlyMap<string, Heat>;
  readonly differences: ReadonlyMap<string, Difference>;
}

/** Shows it. @param hasOutline - false: the page has its steps elsewhere */
export function Beside({
  drawing,
  known,
  selected,
  onSelect,
  hasOutline,
}: {
  readonly drawing: Drawing;
  readonly known: Known;
  readonly selected: string | null;
  readonly onSelect: (elementId: string) => void;
  readonly hasOutline: boolean;
}): ReactNode {
  const say = useTexts(PARTS_TEXTS);
  const [isOpen, setOpen] = useState(false);
  const [looked, setLooked] = useState<string | null>(null);
  const id = useId();
  const zooms = [
    ['zoomOut', 1 / 1.25, ZoomOut],
    ['zoomIn', 1.25, ZoomIn],
    ['zoomAll', null, Maximize],
  ] as const;
  const look = (elementId: string): void => {
    setLooked(elementId);
    onSelect(elementId);
    centreOn(drawing, elementId);
  };
  return (
    <div className="app-no-print">
      <Group gap={4} mt={4}>
        {hasOutline && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<List size={16} aria-hidden />}
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
          >
            {say('outline')}
          </Button>
        )}
        {zooms.map(([name, factor, Icon]) => (
          <ActionIcon
            key={name}
            variant="subtle"
            color="gray"
            aria-label={say(name)}
            onClick={() => zoomBy(drawing, factor)}
          >
            <Icon size={16} aria-hidden />
          </ActionIcon>
        ))}
      </Group>
      <div id={id}>
        {isOpen && <Rows {...{ drawing, known }} selected={selected ?? looked} onSelect={look} />}
      </div>
    </div>
  );
}

function Rows({
  drawing,
  known,
  selected,
  onSelect,
}: {
  readonly drawing: Drawing;
  readonly known: Known;
  readonly selected: string | null;
  readonly onSelect: (elementId: string) => void;
}): ReactNode {
  const say = useTexts(PARTS_TEXTS);
  const rows = useMemo((): readonly OutlineRow[] => {
    const stateOf = (id: string): string | null => {
      const { active = 0, incidents = 0, done = 0 } = known.standing.get(id) ?? {};
      const words = [
        ...(incidents > 0 ? [say('atIncident', { count: incidents })] : []),
        ...(active > 0 ? [say('atActive', { count: active })] : []),
        ...(done > 0 ? [say('atDone', { count: done })] : []),
        ...[known.heat.get(id)?.text, known.differences.get(id)?.text],
      ];
      return words.filter(Boolean).join(', ') || null;
    };
    const signOf = (id: string): string | null => {
      const { active = 0, incidents = 0, done = 0 } = known.standing.get(id) ?? {};
      if (incidents + active + done > 0) return incidents > 0 ? '!' : active > 0 ? '●' : '✓';
      return known.differences.get(id)?.text.charAt(0) ?? null;
    };
    return stepsOf(drawing).map((step) => {
      return { ...step, state: stateOf(step.elementId), sign: signOf(step.elementId) };
    });
  }, [drawing, known, say]);
  return <Outline rows={rows} selected={selected} onSelect={onSelect} />;
}
