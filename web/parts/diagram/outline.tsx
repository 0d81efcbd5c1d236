/** A diagram as a list that keys and screen readers walk: steps in flow order, each with what it is and how it stands. */
import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useTexts } from '../../texts/texts.js';
import { PARTS_TEXTS } from '../texts.js';
import './diagram.css';
import { useKindName } from './use-kind-name.js';

/** A step as it is shown. */
export interface OutlineRow {
  readonly elementId: string;
  readonly name: string | null;
  readonly kind: string;
  readonly depth: number;
  /** How it stands, in words; null: nothing is known of it. */
  readonly state?: string | null;
  /** The same as a sign. */
  readonly sign?: string | null;
  /** Where its flows lead, and what leads to it. */
  readonly next?: readonly string[];
  readonly previous?: readonly string[];
}

/** Shows it. Up, down, Home and End move in the list; left and right along the flow. */
export function Outline({
  rows,
  selected,
  onSelect,
  onKey,
  field = null,
}: {
  readonly rows: readonly OutlineRow[];
  readonly selected: string | null;
  readonly onSelect: (elementId: string) => void;
  /** Keys that the list itself does not know. @returns whether it was one */
  readonly onKey?: (event: KeyboardEvent, elementId: string) => boolean;
  /** What stands in the place of one step: its name is being written. */
  readonly field?: { readonly elementId: string; readonly node: ReactNode } | null;
}): ReactNode {
  const say = useTexts(PARTS_TEXTS);
  const kindName = useKindName();
  const list = useRef<HTMLOListElement>(null);
  const [at, setAt] = useState<string | null>(null);
  // One step is reached by Tab, the others by arrows.
  const current = [at, selected].find((id) => rows.some((row) => row.elementId === id));
  const focusOn = (id: string | undefined): void => {
    if (id === undefined) return;
    list.current?.querySelector<HTMLElement>(`[data-step="${CSS.escape(id)}"]`)?.focus();
  };
  const press = (event: KeyboardEvent, row: OutlineRow, index: number): void => {
    if (onKey?.(event, row.elementId)) {
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = {
      ArrowDown: rows[index + 1]?.elementId,
      ArrowUp: rows[index - 1]?.elementId,
      ArrowRight: row.next?.[0],
      ArrowLeft: row.previous?.[0],
      Home: rows[0]?.elementId,
      End: rows.at(-1)?.elementId,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    focusOn(to);
  };
  return (
    <ol className="app-outline" ref={list} aria-label={say('outline')}>
      {rows.map((row, index) => {
        const { elementId, name, kind, depth, state = null, sign = null } = row;
        if (field?.elementId === elementId) return <li key={elementId}>{field.node}</li>;
        return (
          <li key={elementId}>
            <UnstyledButton
              data-step={elementId}
              aria-current={elementId === selected}
              tabIndex={elementId === (current ?? rows[0]?.elementId) ? 0 : -1}
              onFocus={() => setAt(elementId)}
              onClick={() => onSelect(elementId)}
              onKeyDown={(event) => press(event, row, index)}
              pl={8 + depth * 18}
            >
              {sign !== null && <span aria-hidden>{sign}</span>}
              <span className="app-clip">{name ?? elementId}</span>
              <VisuallyHidden>
                {[`, ${kindName(kind)}`, ...(state ? [state] : [])].join(', ')}
              </VisuallyHidden>
            </UnstyledButton>
          </li>
        );
      })}
    </ol>
  );
}
