import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Ending, listenForSignals } from '../../cli/signals.js';

let now = 0;
let ending: Ending;
const heard: string[] = [];
const exits: unknown[] = [];

beforeEach(() => {
  now = 0;
  heard.length = 0;
  exits.length = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    exits.push(code);
    return undefined as never;
  });
  ending = listenForSignals({}, (name) => heard.push(name));
});
afterEach(() => {
  ending.stop();
  vi.restoreAllMocks();
});
const send = (name: 'SIGINT' | 'SIGTERM', at: number): void => {
  now = at;
  process.emit(name, name);
};

test('the first signal asks for an end in order', async () => {
  expect([ending.signal.aborted, ending.exitCode()]).toEqual([false, 0]);
  send('SIGINT', 10);
  await ending.asked;
  expect([heard, exits, ending.exitCode()]).toEqual([['SIGINT'], [], 130]);
});

test('what comes within a second is an echo of it, whatever it is', () => {
  send('SIGTERM', 10);
  send('SIGTERM', 11);
  send('SIGINT', 1010);
  expect([heard, exits, ending.exitCode()]).toEqual([['SIGTERM'], [], 143]);
});

test('a person who asks again ends it at once', () => {
  send('SIGINT', 10);
  send('SIGINT', 1011);
  expect(exits).toEqual([130]);
});
