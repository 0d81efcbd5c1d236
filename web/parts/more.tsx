import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';

/** A list that is read page by page. */
interface Paged {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/** Reads the next page of a list; nothing where there is none. */
export function More({
  query,
  label,
}: {
  readonly query: Paged;
  readonly label: string;
}): ReactNode {
  if (!query.hasNextPage) return null;
  return (
    <Group justify="center">
      <Button
        variant="default"
        loading={query.isFetchingNextPage}
        onClick={() => void query.fetchNextPage()}
      >
        {label}
      </Button>
    </Group>
  );
}
