import { Table, type TableProps } from '@mantine/core';
import type { ReactNode } from 'react';

/** A table that may be wider than the page: then it is moved sideways, also by the arrow keys. */
export function WideTable({
  label,
  minWidth,
  children,
  ...more
}: TableProps & {
  /** What is in it, for whoever hears the page. */
  readonly label: string;
  /** Below this many pixels it is moved, not squeezed. */
  readonly minWidth: number;
}): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is moved sideways has to be reached by keys (axe: scrollable-region-focusable)
    <section className="app-wide" aria-label={label} tabIndex={0}>
      <Table miw={minWidth} {...more}>
        {children}
      </Table>
    </section>
  );
}
