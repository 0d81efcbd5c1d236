/** When a task is due: nobody works at night or on Sundays, so dues are counted in the hours of the office. */
import { expect, test } from 'vitest';
import type { Variables } from '../../engine/model/index.js';
import { createPlay } from '../../engine/play/index.js';
import { compilePackage } from '../../registry/index.js';
import { readPackage } from '../support/package.js';
import { readLibrary } from './support/models.js';

/** Friday, 17:00 in São Paulo. */
const FRIDAY = '2026-03-06T20:00:00.000Z';
const CONTACT = { name: 'Ana Prado', mail: 'ana@aurora.example', role: 'admin', locale: 'pt-BR' };
/** It is signed already, so that it begins with provisioning. */
const ORDER: Variables = {
  ...{ orderId: 'O-1', customerId: 'C-1', legalName: 'Padaria Aurora Ltda', country: 'BR' },
  ...{ taxId: '11.222.333/0001-81', planId: 'team', seats: 5, users: [], dpaVersion: '2025-1' },
  ...{ billingContact: CONTACT, adminContact: CONTACT, tz: 'America/Sao_Paulo', locale: 'pt-BR' },
  ...{ terms: 'standard', value: { minor: 1_200_000, currency: 'BRL' }, source: 'expansion' },
};

/** The tasks at which an order of Friday stops, with their dues. `faults` are those that its check finds. */
async function duesOf(faults: readonly string[]): Promise<readonly (readonly unknown[])[]> {
  const { processes } = await compilePackage(readPackage('signup'));
  const found: Readonly<Record<string, Variables>> = {
    'order.dedupe': { customerId: 'C-1', knownCustomers: [] },
    'order.validate': { orderProblems: [...faults] },
  };
  const play = createPlay({
    ...{ processes, now: FRIDAY },
    answer: ({ job }) =>
      job.type === 'tenant.create'
        ? { kind: 'throw', afterMs: 0, code: 'PROVISIONING_FAILED', message: '', variables: {} }
        : { kind: 'complete', afterMs: 0, variables: found[job.type] ?? {} },
  });
  const source = faults.length > 0 ? 'sale' : 'expansion';
  const variables = { ...ORDER, source };
  const { instance } = play.start({ processId: 'signup', elementId: 'new-customer', variables });
  const tasks = Object.values(instance?.state.tasks ?? {});
  return tasks.map(({ elementId, dueAt }) => [elementId, dueAt]);
}

test('no task is due by a bare setting, which would count nights and Sundays', async () => {
  const { places } = await readLibrary();
  const bare = places
    // In collections the credit of a dispute is due by the clock.
    .filter(({ package: { key } }) => key !== 'collections')
    .filter(({ node }) => /^=settings\./.test(node.extensions.schedule?.dueDate ?? ''));
  expect(bare.map(({ name }) => name)).toEqual([]);
});

test('what fails on a Friday evening is due on Monday, an order with faults on Tuesday', async () => {
  expect(await duesOf([])).toEqual([['retry-tenant', '2026-03-09T15:00:00.000Z']]);
  expect(await duesOf(['tax id'])).toEqual([['fix-order', '2026-03-10T20:00:00.000Z']]);
});
