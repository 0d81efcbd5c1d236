import { Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { EditorProps } from '../draft-page.js';

/** A file as its text. */
export function TextEditor({ path, text, isReadOnly, onChange }: EditorProps): ReactNode {
  const [shown, setShown] = useState(text);
  return (
    <Textarea
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
