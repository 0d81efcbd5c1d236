/** The diagram of an instance as a list: each step with where the instance stands. */
import { type ReactNode, useMemo } from 'react';
import { Outline as Steps } from '../../parts/diagram/outline.js';
import { useTexts } from '../../texts/texts.js';
import type { WholeInstance } from './instances-api.js';
import { INSTANCES_TEXTS } from './texts.js';

type Row = WholeInstance['outline'][number];

const SIGNS: Readonly<Record<Row['mark'], string>> = {
  done: '✓',
  active: '●',
  incident: '!',
  cancelled: '×',
  'not-reached': '○',
};

/** Shows it. */
export function Outline({
  rows,
  selected,
  onSelect,
}: {
  readonly rows: readonly Row[];
  readonly selected: string | null;
  readonly onSelect: (elementId: string) => void;
}): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const steps = useMemo(
    () =>
      rows.map(({ mark, times, ...row }) => {
        const often = times > 1 ? [say('times', { count: times })] : [];
        return { ...row, sign: SIGNS[mark], state: [say(`mark_${mark}`), ...often].join(', ') };
      }),
    [rows, say],
  );
  return <Steps rows={steps} selected={selected} onSelect={onSelect} />;
}
