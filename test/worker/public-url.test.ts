/** Where sessions are sent along with each request, nobody else may read along. */
import { expect, test } from 'vitest';
import { checkEnvironment } from '../../worker/start/environment.js';

test.each([
  ['https://jornada.example', null],
  ['https://jornada.example/app', null],
  ['http://localhost:3000', null],
  ['http://127.0.0.1', null],
  ['http://[::1]:3000', null],
  ['http://jornada.example', 'must be https://…, or http:// of this machine'],
  ['http://localhost.example:3000', 'must be https://…, or http:// of this machine'],
  ['http://192.168.0.7:3000', 'must be https://…, or http:// of this machine'],
  ['ftp://jornada.example', 'must be a URL http://… or https://…'],
])('PUBLIC_URL %s', async (url, fault) => {
  const checked = await checkEnvironment({ PUBLIC_URL: url });
  expect(checked.find(({ name }) => name === 'PUBLIC_URL')?.fault).toBe(fault);
});
