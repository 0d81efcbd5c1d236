import { Code } from '@mantine/core';
import type { ReactNode } from 'react';

/** A hash that can be compared: all of it, in letters of one width. */
export function Hash({ text }: { readonly text: string | null }): ReactNode {
  if (text === null) return '–';
  return <Code style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>{text}</Code>;
}
