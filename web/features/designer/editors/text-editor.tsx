import { Textarea } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { EditorProps } from '../draft-page.js';

/** A file as its text; the line that is looked at is selected. */
export function TextEditor({ path, text, isReadOnly, onChange, focus }: EditorProps): ReactNode {
  const [shown, setShown] = useState(text);
  const input = useRef<HTMLTextAreaElement>(null);
  const line = focus?.line ?? null;
  const turn = focus?.turn ?? 0;
  useEffect(() => {
    if (turn > 0 && line !== null && input.current) selectLine(input.current, line);
  }, [line, turn]);
  return (
    <Textarea
      ref={input}
      aria-label={path}
      value={shown}
      readOnly={isReadOnly}
      spellCheck={false}
      onChange={({ currentTarget: { value } }) => {
        setShown(value);
        onChange(value);
      }}
      className="designer-text"
      classNames={{ input: 'designer-text-input', wrapper: 'designer-text-wrapper' }}
    />
  );
}

/** @param line - from 1 */
function selectLine(input: HTMLTextAreaElement, line: number): void {
  const lines = input.value.split('\n');
  const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  input.focus();
  input.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
  input.scrollTop = (input.scrollHeight / lines.length) * Math.max(0, line - 4);
}
