/** The diagram as a list that keys and screen readers walk: elements in flow order, each with what it is and where it stands. */
import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useTexts } from '../../texts/texts.js';
import type { WholeInstance } from './instances-api.js';
import { INSTANCES_TEXTS } from './texts.js';
import { useKindName } from './words.js';

type Row = WholeInstance['outline'][number];

const SIGNS: Readonly<Record<Row['mark'], string>> = {
  done: '✓',
  active: '●',
  incident: '!',
  cancelled: '×',
  'not-reached': '○',
};

/** Shows it; arrows, Home and End move in it. */
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
  const kindName = useKindName();
  const list = useRef<HTMLUListElement>(null);
  const move = (event: KeyboardEvent): void => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    buttons[Math.max(0, Math.min(to, buttons.length - 1))]?.focus();
  };
  return (
    <ul className="app-outline" ref={list} aria-label={say('outline')} onKeyDown={move}>
      {rows.map(({ elementId, name, kind, mark, times, depth }) => (
        <li key={elementId}>
          <UnstyledButton
            aria-current={elementId === selected}
            onClick={() => onSelect(elementId)}
            pl={8 + depth * 18}
          >
            <span aria-hidden>{SIGNS[mark]}</span>
            <span className="app-clip">{name ?? elementId}</span>
            <VisuallyHidden>
              {`, ${kindName(kind)}, ${say(`mark_${mark}`)}${times > 1 ? `, ${say('times', { count: times })}` : ''}`}
            </VisuallyHidden>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
