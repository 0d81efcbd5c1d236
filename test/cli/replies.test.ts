import { expect, test } from 'vitest';
import { outcome, replyLines } from '../../cli/replies.js';
import { remediedOnce } from '../../history/index.js';

const INNER = "Expected a worker for task type 'charge', but none serves it here; register it";
const OUTER = "Expected job 'charge' to succeed within its retries, but it failed: ";

test.each([
  [
    'the remedy of what failed inside',
    `${OUTER}TASK_TYPE_UNKNOWN: ${INNER}, then resolve; mend the cause, then resolve.`,
    `${OUTER}TASK_TYPE_UNKNOWN: ${INNER}, then resolve.`,
  ],
  [
    'what older versions recorded as a sentence in a sentence',
    `${OUTER}TASK_TYPE_UNKNOWN: ${INNER}, then resolve.; mend the cause, then resolve.`,
    `${OUTER}TASK_TYPE_UNKNOWN: ${INNER}, then resolve.`,
  ],
  [
    'three in one another',
    'Expected a, but b; c, then resolve; d, then resolve; e, then resolve.',
    'Expected a, but b; c, then resolve.',
  ],
  ['a message of one remedy', `${INNER}, then resolve.`, `${INNER}, then resolve.`],
  [
    'another remedy before it',
    'Expected a, but b; supply it; correct c, then resolve.',
    'Expected a, but b; supply it; correct c, then resolve.',
  ],
])('is said once: %s', (_what, message, shown) => {
  expect(remediedOnce(message)).toBe(shown);
});

test.each([
  ['done; now waiting for approve', 'started; now waiting for approve'],
  ['done; the instance is active', 'started; the instance is active'],
  ['', 'started'],
  ["was there already under business key 'k'; nothing was started", null],
])('what goes on is not told as done: %j', (message, shown) => {
  const said = outcome('started', { message });
  expect(said).toBe(shown ?? message);
  const reply = { instanceId: 'i', message: said, status: 'active', waitsFor: [] };
  expect(replyLines(reply as never)).toEqual([`i  ${said}`]);
});
