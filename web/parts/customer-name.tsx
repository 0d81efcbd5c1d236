import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts.js';
import { PARTS_TEXTS } from './texts.js';

/** A customer as lists name it. Of one that was erased the number of the certificate stands for the name. */
export function CustomerName({
  customer,
}: {
  readonly customer: {
    readonly customerId: string;
    readonly legalName: string | null;
    readonly isErased: boolean;
    readonly certificateNumber: number | null;
  } | null;
}): ReactNode {
  const say = useTexts(PARTS_TEXTS);
  if (!customer) return <Text c="dimmed">–</Text>;
  const { customerId, legalName, isErased, certificateNumber } = customer;
  const name = isErased ? say('erased', { number: certificateNumber ?? '–' }) : (legalName ?? '–');
  return (
    <Link to={`/customers/${customerId}` as string} className="app-link">
      {name}
    </Link>
  );
}
