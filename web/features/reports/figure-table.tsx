import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type {
  ClockFigures,
  ElementFigures,
  Figure,
  InstanceFigures,
} from '../../../contracts/reports.js';
import { REPORT_WORDS } from '../../../reports/words.js';
import { WideTable } from '../../parts/wide-table.js';
import { useLocale } from '../../texts/texts.js';
import { FigureLink } from './figure-link.js';
import './reports.css';

type Name = keyof InstanceFigures | keyof ElementFigures | keyof ClockFigures;

/** A row: what it is of, and its numbers. */
export interface FigureRow {
  readonly key: string;
  readonly title: ReactNode;
  readonly figures: Readonly<Partial<Record<Name, Figure>>>;
}

const COLUMN_PX = 96;

/** Numbers as a table: rows are processes, periods, versions or elements. */
export function FigureTable({
  label,
  first,
  names,
  rows,
}: {
  readonly label: string;
  /** Over the first column. */
  readonly first: string;
  readonly names: readonly Name[];
  readonly rows: readonly FigureRow[];
}): ReactNode {
  const locale = useLocale();
  return (
    <WideTable label={label} minWidth={200 + names.length * COLUMN_PX}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{first}</Table.Th>
          {names.map((name) => (
            <Table.Th key={name} ta="end">
              {REPORT_WORDS[locale][name]}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ key, title, figures }) => (
          <Table.Tr key={key}>
            <Table.Th scope="row" fw={400} className="app-figure-row">
              {title}
            </Table.Th>
            {names.map((name) => (
              <Table.Td key={name} ta="end">
                {figures[name] && <FigureLink name={name} figure={figures[name]} />}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
