import { Button, Group, Text, Title } from '@mantine/core';
import { Users } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { ListedCustomer } from '../../../contracts/records.js';
import { usePerson } from '../../api/session.js';
import { useTexts } from '../../texts/texts.js';
import { CUSTOMER_TEXTS } from './texts.js';

const Dialog = lazy(async () => ({
  default: (await import('./portfolio-dialog.js')).PortfolioDialog,
}));

/** Who looks after a customer; an admin says who does. */
export function Portfolio({ customer }: { readonly customer: ListedCustomer }): ReactNode {
  const say = useTexts(CUSTOMER_TEXTS);
  const { roles } = usePerson();
  const [isOpen, setOpen] = useState(false);
  const { people, groups } = customer.lookedAfterBy;
  const mayChange = roles.includes('admin') && customer.state !== 'gone';
  return (
    <section aria-label={say('lookedAfterBy')}>
      <Group gap="sm">
        <Title order={2} size="h4">
          {say('lookedAfterBy')}
        </Title>
        <Text size="sm" {...(people.length + groups.length === 0 && { c: 'dimmed' })}>
          {[...people, ...groups.map((group) => say('aGroup', { group }))].join(', ') ||
            say('byNobody')}
        </Text>
        {mayChange && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Users size={14} aria-hidden />}
            onClick={() => setOpen(true)}
          >
            {say('changePortfolio')}
          </Button>
        )}
      </Group>
      {isOpen && (
        <Suspense>
          <Dialog customer={customer} close={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  );
}
