/** Messages that nobody can wait for are told with what may be meant. */
import { beforeAll, expect, test } from 'vitest';
import type { ExecutableProcess } from '../../engine/model/index.js';
import { compilePackage, type Registry } from '../../registry/index.js';
import type { Store } from '../../store/index.js';
import { unawaited } from '../../worker/control/awaited-messages.js';
import { readPackageFolder } from '../../worker/start/package-files.js';

let processes: readonly ExecutableProcess[] = [];
beforeAll(async () => {
  const { files } = await readPackageFolder('definitions/signup');
  processes = (await compilePackage(files)).processes;
});

const asked = (name: string, open: readonly string[] = []) => {
  const store = {
    subscriptions: {
      search: async ({ filter }: { filter: { name: string } }) => ({
        items: open.filter((one) => one === filter.name),
      }),
    },
    definitions: {
      processes: {
        search: async () => ({ items: processes.map(({ id }) => ({ processId: id })) }),
      },
    },
  } as unknown as Store;
  const registry = {
    process: async ({ processId }: { processId: string }) =>
      processes.find(({ id }) => id === processId),
  } as unknown as Registry;
  return unawaited({ store, registry }, name);
};

test.each(['user.first-login', 'contract.signed', 'customer.cancelled'])(
  '%s is waited for by signup',
  async (name) => {
    expect(await asked(name)).toBeNull();
  },
);

test('a misspelt one is told with the one that is meant', async () => {
  expect(await asked('user.first-log')).toBe(
    "no deployed process waits for 'user.first-log' (did you mean 'user.first-login'?)",
  );
  expect(await asked('stock-arrived')).toBe("no deployed process waits for 'stock-arrived'");
});

test('what only signup throws is waited for by nobody', async () => {
  expect(await asked('account.ready')).toContain('no deployed process');
});

test('an instance of an older version may wait still', async () => {
  expect(await asked('user.first-log', ['user.first-log'])).toBeNull();
});
