/** What customers are filtered by, and what it is called. Class: side effect (asks the server). */
import { useQuery } from '@tanstack/react-query';
import type { CustomerFilters } from '../../../contracts/records.js';
import { ask } from '../../api/ask.js';
import { useRecordWords } from '../../parts/use-record-words.js';

/** A value, and what people call it. */
export interface Offered {
  readonly value: string;
  readonly label: string;
}

/** Plans and stages that are offered, and how to call any. */
export function useCalled() {
  const word = useRecordWords();
  const { data } = useQuery({
    queryKey: ['customer-filters'],
    queryFn: ({ signal }) => ask<CustomerFilters>('/api/v1/customers/filters', { signal }),
    staleTime: 60_000,
  });
  const { plans = [], stages = [] } = data ?? {};
  const stageCalled = (stage: string): string => word('stage', stage);
  return {
    plans: plans.map(({ planId, name }) => ({ value: planId, label: name })),
    stages: stages.map((stage) => ({ value: stage, label: stageCalled(stage) })),
    planCalled: (id: string): string => plans.find(({ planId }) => planId === id)?.name ?? id,
    stageCalled,
  };
}
