import { Button, Group, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Searching } from '../api/search.js';
import { useTexts } from '../texts/texts.js';
import { Empty } from './empty.js';
import { Excluded, type Excluding } from './excluded.js';
import { Loaded } from './loaded.js';
import { PARTS_TEXTS } from './texts.js';
import { WideTable } from './wide-table.js';

/** A column of a list. */
export interface ListColumn<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
}

/** Rows as a table. */
export function RowsTable<Row>({
  label,
  columns,
  rows,
  keyOf,
  minWidth = 640,
}: {
  readonly label: string;
  readonly columns: readonly ListColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly minWidth?: number;
}): ReactNode {
  return (
    <WideTable label={label} minWidth={minWidth} highlightOnHover verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          {columns.map(({ title }) => (
            <Table.Th key={title}>{title}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={keyOf(row)}>
            {columns.map(({ title, cell }) => (
              <Table.Td key={title}>{cell(row)}</Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

/** A search as a table, with how many there are, and further pages. */
export function SearchList<Row>({
  searching,
  empty,
  excluding = [],
  ...table
}: {
  readonly searching: Searching<Row>;
  /** What is said where nothing fits. */
  readonly empty: string;
  /** Filters that are set: named and lifted where nothing fits. */
  readonly excluding?: readonly Excluding[];
  readonly label: string;
  readonly columns: readonly ListColumn<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly minWidth?: number;
}): ReactNode {
  const say = useTexts(PARTS_TEXTS);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = searching;
  return (
    <Loaded query={searching as never}>
      {({ pages }: NonNullable<Searching<Row>['data']>) => {
        const rows = pages.flatMap(({ items }) => items);
        const { totalItems = 0, hasMoreTotalItems = false } = pages[0]?.page ?? {};
        if (rows.length === 0) {
          return (
            <Empty text={empty}>
              <Excluded by={excluding} />
            </Empty>
          );
        }
        const counted = { shown: rows.length, count: totalItems };
        return (
          <Stack gap="sm">
            <RowsTable {...table} rows={rows} />
            <Group justify="space-between">
              <Text size="sm" c="dimmed" role="status">
                {hasMoreTotalItems ? say('ofMore', counted) : say('ofAll', counted)}
              </Text>
              {hasNextPage && (
                <Button
                  variant="default"
                  loading={isFetchingNextPage}
                  onClick={() => void fetchNextPage()}
                >
                  {say('more')}
                </Button>
              )}
            </Group>
          </Stack>
        );
      }}
    </Loaded>
  );
}
