/**
 * Two engines on one Temporal, one PostgreSQL and one folder of keys, as in production: what one starts the other shows and
 * completes, customers that both take have one key each, and one goes on where the other was killed.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type CommandLine, openCommandLine } from '../support/command-line.js';
import { endEvent, model, startEvent, userTask } from '../support/durable-model.js';
import { onPostgres, type TestDatabase } from '../support/store.js';

const SAMPLES = resolve('worker/start/samples/customers.csv');
const MASTER_KEY = randomBytes(32).toString('base64');

let shared: string;
let database: TestDatabase;
let one: CommandLine;
let other: CommandLine;

beforeAll(async () => {
  shared = mkdtempSync(join(tmpdir(), 'jornada-side-by-side-'));
  for (const name of ['keys', 'exports']) mkdirSync(join(shared, name));
  database = await onPostgres(inject('databaseUrl'));
  const environment = {
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    DATABASE_URL: database.config.databaseUrl ?? '',
    JORNADA_TASK_QUEUE: `side-by-side-${process.pid}`,
    JORNADA_KEYS: join(shared, 'keys'),
    JORNADA_EXPORTS: join(shared, 'exports'),
    JORNADA_MASTER_KEY: MASTER_KEY,
  };
  one = openCommandLine(environment);
  other = openCommandLine(environment);
  await Promise.all([one.start(), other.start()]);
});
afterAll(async () => {
  one?.discard();
  other?.discard();
  await database?.discard();
  rmSync(shared, { recursive: true, force: true });
});

const fine = async (ran: Promise<{ code: number | null; out: string; err: string }>) => {
  const { code, out, err } = await ran;
  if (code !== 0) throw new Error(`exit ${code}: ${err}${out}`);
  return out;
};

test('both take the same customers at a time, and each customer has one key', async () => {
  const [first, second] = await Promise.all([
    one.jornada('import', 'customers', SAMPLES, '--json'),
    other.jornada('import', 'customers', SAMPLES, '--json'),
  ]);
  const taken = [first, second].map(({ out }) => JSON.parse(out).counts.taken as number);
  expect((taken[0] ?? 0) + (taken[1] ?? 0)).toBe(20);
  for (const line of [one, other]) {
    const { items } = JSON.parse(await fine(line.jornada('search', 'customers', '--json')));
    expect(items).toHaveLength(20);
    expect(items.every((row: { readonly isErased: boolean }) => !row.isErased)).toBe(true);
  }
});

test('what one starts the other completes, and what one leaves when it is killed the other ends', async () => {
  const file = join(one.root, 'definitions', 'approval.bpmn');
  const parts = [startEvent('start'), userTask('look'), userTask('approve'), endEvent('end')];
  writeFileSync(file, model('approval', parts, 'start > look > approve > end'));
  await fine(one.jornada('deploy', file));
  const ids: string[] = [];
  for (let n = 0; n < 6; n += 1) {
    const line = n % 2 === 0 ? one : other;
    ids.push(JSON.parse(await fine(line.jornada('run', 'approval', '--json'))).instanceId);
  }
  for (const id of ids) await fine(other.jornada('complete', 'ut', `${id}/look:3`, '--json'));
  one.kill();
  for (const id of ids) {
    const { items } = JSON.parse(
      await fine(other.jornada('search', 'ut', '--instance', id, '--json')),
    );
    expect(items).toHaveLength(1);
    await fine(other.jornada('complete', 'ut', `${id}/${items[0].taskId}`, '--json'));
  }
  const { items } = JSON.parse(
    await fine(other.jornada('search', 'pi', '--process', 'approval', '--json')),
  );
  expect(items.map((row: { readonly state: string }) => row.state)).toEqual(
    ids.map(() => 'COMPLETED'),
  );
});
