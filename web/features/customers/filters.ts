/** What customers are filtered by, and what it is called. Class: side effect (asks the server). */
import { useQuery } from '@tanstack/react-query';
import type { CustomerFilters } from '../../../contracts/records.js';
import { ask } from '../../api/ask.js';
import { useTexts } from '../../texts/texts.js';
import { CUSTOMER_TEXTS } from './texts.js';

/** A value, and what people call it. */
export interface Offered {
  readonly value: string;
  readonly label: string;
}

/** Stages are what processes name them; those of the library have words of each language. */
const WORDS = ['onboarding', 'activation', 'adoption'] as const;

/** Plans and stages that are offered, and how to call any. */
export function useCalled() {
  const say = useTexts(CUSTOMER_TEXTS);
  const { data } = useQuery({
    queryKey: ['customer-filters'],
    queryFn: ({ signal }) => ask<CustomerFilters>('/api/v1/customers/filters', { signal }),
    staleTime: 60_000,
  });
  const { plans = [], stages = [] } = data ?? {};
  const stageCalled = (stage: string): string => {
    const known = WORDS.find((one) => one === stage);
    return known ? say(`stage_${known}`) : stage;
  };
  return {
    plans: plans.map(({ planId, name }) => ({ value: planId, label: name })),
    stages: stages.map((stage) => ({ value: stage, label: stageCalled(stage) })),
    planCalled: (id: string): string => plans.find(({ planId }) => planId === id)?.name ?? id,
    stageCalled,
  };
}
