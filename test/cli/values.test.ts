import { describe, expect, test } from 'vitest';
import { CommandFailure } from '../../cli/failure.js';
import {
  parseAssignments,
  parseCount,
  parseSince,
  parseSort,
  readVariables,
} from '../../cli/values.js';
import type { ControlReply } from '../../contracts/control.js';
import { createReplies } from '../../worker/control/replies.js';
import { socketPath } from '../../worker/control/socket-path.js';

const misused = (run: () => unknown): boolean => {
  try {
    run();
    return false;
  } catch (error) {
    return error instanceof CommandFailure && error.exitCode === 2;
  }
};

describe('values of a command line', () => {
  test('name=value is JSON where it can be, else text', () => {
    const texts = ['a=1', 'b=Ada', 'c="1"', 'd={"x":[1]}', 'e=', 'f=a=b', 'g=true'];
    expect(parseAssignments(texts)).toEqual({
      a: 1,
      b: 'Ada',
      c: '1',
      d: { x: [1] },
      e: '',
      f: 'a=b',
      g: true,
    });
    expect(misused(() => parseAssignments(['=1']))).toBe(true);
    expect(misused(() => parseAssignments(['name']))).toBe(true);
  });

  test('--since takes a time ago, a date or an instant', () => {
    expect(parseSince('2026-03-02')).toBe('2026-03-02T00:00:00.000Z');
    expect(parseSince('2026-03-02T10:00:00+02:00')).toBe('2026-03-02T08:00:00.000Z');
    expect(Math.abs(Date.now() - 7 * 86_400_000 - Date.parse(parseSince('7d')))).toBeLessThan(
      60_000,
    );
    for (const wrong of ['', '7', 'yesterday', '2026-13-01', '7y', '99999999999999d']) {
      expect(misused(() => parseSince(wrong))).toBe(true);
    }
  });

  test('--sort knows fields and directions', () => {
    expect(parseSort('dueAt,name:DESC')).toEqual([
      { field: 'dueAt', order: 'ASC' },
      { field: 'name', order: 'DESC' },
    ]);
    expect(misused(() => parseSort('a:up'))).toBe(true);
  });

  test.each(['0', '1.5', '-1', 'many', '11'])('a count from 1 to 10 is not %s', (text) => {
    expect(misused(() => parseCount(text, '--limit', 10))).toBe(true);
  });

  test('--variables wants an object', async () => {
    expect(await readVariables(null)).toEqual({});
    expect(await readVariables('{"a": 1}')).toEqual({ a: 1 });
    for (const text of ['[1]', 'null', '{', '@no-such-file'])
      await expect(readVariables(text)).rejects.toThrow(CommandFailure);
  });
});

describe('answers of the control socket', () => {
  const done: ControlReply = { ok: true, output: {} };
  const busy: ControlReply = { ok: false, code: 'INSTANCE_BUSY', message: '', exit: 1 };

  test('are given once for a request, also while it is carried out', async () => {
    const { once } = createReplies();
    let runs = 0;
    const run = async (): Promise<ControlReply> => {
      runs += 1;
      return done;
    };
    await Promise.all([once('a', run), once('a', run)]);
    await once('a', run);
    expect(runs).toBe(1);
    await once('b', run);
    await once(null, run);
    await once(null, run);
    expect(runs).toBe(4);
  });

  test('that ask for the same request again are not kept', async () => {
    const { once } = createReplies();
    expect(await once('a', async () => busy)).toBe(busy);
    expect(await once('a', async () => done)).toBe(done);
  });
});

describe('the path of the control socket', () => {
  test('is in the data folder, elsewhere when that is too long, a pipe on Windows', () => {
    expect(socketPath('/srv/data', 'linux')).toBe('/srv/data/control.sock');
    const long = socketPath(`/srv/${'x'.repeat(120)}`, 'linux');
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(103);
    expect(long).not.toBe(socketPath(`/srv/${'y'.repeat(120)}`, 'linux'));
    expect(socketPath('/srv/data', 'win32')).toMatch(/^\\\\\.\\pipe\\jornada-[0-9a-f]{24}$/);
  });
});
