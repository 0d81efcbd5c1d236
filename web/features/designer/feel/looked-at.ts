/** Which expression of the panel somebody is at, and which function in it. The field draws itself; what it shows is read. */
import { useEffect, useState } from 'react';
import { functionAt } from './function-at.js';

/** An expression, and the function at the caret or under the pointer. */
export interface LookedAt {
  readonly field: HTMLElement;
  readonly source: string;
  readonly name: string | null;
}

/** Hears of it; the last stays when the field is left, so that data can be tried. */
export function useLookedAt(panel: HTMLElement | null): LookedAt | null {
  const [found, setFound] = useState<LookedAt | null>(null);
  useEffect(() => {
    if (!panel) return;
    const look = (node: Node | null, offset: number): void => {
      const next = panel.contains(node) && node ? lookAt(node, offset) : null;
      // What has no function says nothing of what was last read about.
      if (next) setFound((last) => ({ ...next, name: next.name ?? nameKept(last, next) }));
    };
    const atCaret = (): void => {
      const selection = document.getSelection();
      look(selection?.focusNode ?? null, selection?.focusOffset ?? 0);
    };
    const atPointer = ({ clientX, clientY }: MouseEvent): void => {
      const range = document.caretRangeFromPoint?.(clientX, clientY);
      const next = range && lookAt(range.startContainer, range.startOffset);
      if (next?.name) setFound(next);
    };
    document.addEventListener('selectionchange', atCaret);
    panel.addEventListener('keyup', atCaret);
    panel.addEventListener('mousemove', atPointer);
    return () => {
      document.removeEventListener('selectionchange', atCaret);
      panel.removeEventListener('keyup', atCaret);
      panel.removeEventListener('mousemove', atPointer);
    };
  }, [panel]);
  return found;
}

const nameKept = (last: LookedAt | null, { field, source }: LookedAt): string | null =>
  last?.field === field && last.source === source ? last.name : null;

function lookAt(node: Node, offset: number): LookedAt | null {
  const element = node instanceof Element ? node : node.parentElement;
  const field = element?.closest<HTMLElement>('.cm-content');
  if (!field) return null;
  const lines = [...field.querySelectorAll('.cm-line')];
  const source = lines.map((line) => line.textContent ?? '').join('\n');
  const at = lines.findIndex((line) => line.contains(node));
  const before = lines.slice(0, Math.max(at, 0)).map((line) => `${line.textContent}\n`);
  const within = at < 0 ? 0 : lengthBefore(lines[at] as Element, node, offset);
  return { field, source, name: functionAt(source, before.join('').length + within) };
}

function lengthBefore(line: Element, node: Node, offset: number): number {
  const range = document.createRange();
  range.setStart(line, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}
