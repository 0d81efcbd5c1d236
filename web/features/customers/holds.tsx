import { Button, Group, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Scale } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { WholeCustomer } from '../../../contracts/records.js';
import { usePerson } from '../../api/session.js';
import { useTexts } from '../../texts/texts.js';
import { CUSTOMER_TEXTS } from './texts.js';

const Dialog = lazy(async () => ({ default: (await import('./hold-dialog.js')).HoldDialog }));

/** Which holds are upon a customer, and where they are released; an admin has the process place one. */
export function Holds({ whole }: { readonly whole: WholeCustomer }): ReactNode {
  const say = useTexts(CUSTOMER_TEXTS);
  const { roles } = usePerson();
  const [isOpen, setOpen] = useState(false);
  const { customer } = whole;
  const held = whole.holds.filter(({ releasedAt }) => releasedAt === null).length;
  const mayPlace = roles.includes('admin') && !customer.isErased;
  const tasks = `/inbox?view=all&processId=legal-hold&customerId=${customer.customerId}`;
  return (
    <section aria-label={say('holds')}>
      <Group gap="sm">
        <Title order={2} size="h4">
          {say('holds')}
        </Title>
        <Text size="sm" {...(held === 0 && { c: 'dimmed' })}>
          {held === 0 ? say('holdsNone') : say('holdsOpen', { count: held })}
        </Text>
        {mayPlace && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Scale size={14} aria-hidden />}
            onClick={() => setOpen(true)}
          >
            {say('holdPlace')}
          </Button>
        )}
        {held > 0 && (
          <Link to={tasks as string} className="app-link">
            {say('holdTasks')}
          </Link>
        )}
      </Group>
      {held > 0 && (
        <Text size="xs" c="dimmed">
          {say('holdRelease')}
        </Text>
      )}
      {isOpen && (
        <Suspense>
          <Dialog customerId={customer.customerId} close={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  );
}
