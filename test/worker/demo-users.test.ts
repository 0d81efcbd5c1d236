/** People of the demonstration are made where a demonstration is, and nowhere else. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appConfigOf } from '../../api/index.js';
import { createDemoUsers, DEMO_PASSWORD, refuseDemoUsers } from '../../worker/start/demo-users.js';
import { openWorld, type World } from '../support/identities.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const local = { profile: 'development', app: appConfigOf('http://localhost:3000', null) } as const;
const remote = { ...local, app: appConfigOf('https://jornada.example', null) };
const production = { ...local, profile: 'production' } as const;
const by = () => ({ actor: null, requestId: null, reason: null, at: world.at() });
const signIn = (loginName: string) =>
  world.ask({
    ...{ method: 'POST', url: '/api/v1/sign-in', payload: { loginName, password: DEMO_PASSWORD } },
  });

test('they are made once, on this machine, not in production', async () => {
  expect(await createDemoUsers(world.deps, remote, async () => {}).ensure()).toEqual([]);
  expect(await createDemoUsers(world.deps, production, async () => {}).ensure()).toEqual([]);
  expect(await world.store.identities.demoNames()).toEqual([]);
  await expect(refuseDemoUsers(world.store, production)).resolves.toBeUndefined();
  const users = createDemoUsers(world.deps, local, async () => {});
  const made = await users.ensure();
  const first = made.filter(({ isColleague }) => !isColleague);
  expect(first.map(({ loginName, role }) => `${loginName} ${role}`)).toEqual([
    ...['dana designer', 'cory csm', 'ada admin', 'rui auditor'],
  ]);
  expect(await users.ensure()).toEqual(made);
  const { user } = (await signIn('ada')).json();
  expect(user).toMatchObject({ loginName: 'ada', roles: ['admin'], isDemo: true });
});

test('production does not start beside them, until they are disabled', async () => {
  const refused = refuseDemoUsers(world.store, production);
  await expect(refused).rejects.toMatchObject({
    code: 'DEMO_USERS_REFUSED',
    message: expect.stringContaining('ada, ana, cory, dana'),
  });
  await expect(refuseDemoUsers(world.store, local)).resolves.toBeUndefined();
  await world.person(['admin']);
  for (const name of await world.store.identities.demoNames()) {
    const user = await world.store.identities.byName(name);
    await world.store.identities.change(user?.userId ?? '', { isActive: false }, by());
  }
  await expect(refuseDemoUsers(world.store, production)).resolves.toBeUndefined();
});

test('none are made where somebody of their own is, and who was disabled stays so', async () => {
  expect(await createDemoUsers(world.deps, local, async () => {}).ensure()).toEqual([]);
  expect((await signIn('ada')).statusCode).toBe(401);
  expect(await world.store.identities.get(randomUUID())).toBeNull();
});
