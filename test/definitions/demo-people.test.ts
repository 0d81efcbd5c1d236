/** Whom our packages and the demonstration give tasks to: somebody who is there, and may do them. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SEEDS } from '../../cli/demo/seeds.js';
import { STORY } from '../../cli/demo/story.js';
import { USERS } from '../../worker/start/demo-users.js';
import { readLibrary } from './support/models.js';

const working = USERS.filter(({ role }) => role === 'csm' || role === 'admin');
const namesOf = (group: string): readonly string[] =>
  working.filter(({ groups }) => groups.includes(group)).map(({ loginName }) => loginName);

/** Texts of the output column `user` of a decision. */
function usersOf(decision: string): readonly string[] {
  const text = readFileSync(`definitions/support-ticket/decisions/${decision}.dmn`, 'utf8');
  return Array.from(text.matchAll(/output-1">\s*<text>"(\w+)"/g), ([, user = '']) => user);
}

test('each group that has tasks has somebody who may do them', async () => {
  const { processes, places } = await readLibrary();
  const lanes = processes.flatMap(({ package: { key }, process }) =>
    key.startsWith('_') ? [] : process.lanes.flatMap(({ name }) => name ?? []),
  );
  const named = places.flatMap(({ node }) => node.extensions.assignment?.candidateGroups ?? []);
  const groups = new Set([...lanes, ...named.filter((group) => !group.startsWith('='))]);
  expect(groups.size).toBeGreaterThan(12);
  expect([...groups].filter((group) => namesOf(group).length === 0)).toEqual([]);
});

test('each agent of a ticket, and who leads them, is somebody of their group', () => {
  expect(usersOf('support_agents')).toEqual(['ana', 'cory', 'eva']);
  for (const agent of usersOf('support_agents')) expect(namesOf('support-agent')).toContain(agent);
  expect(namesOf('support-lead')).toContain(usersOf('support_chain')[0]);
});

test('the story is told of people who are there and may do it', () => {
  const told = STORY.flatMap(({ begins, answers }) => [
    ...Object.values(answers).map(({ by }) => by),
    ...(begins.by === null ? [] : [begins.by]),
  ]);
  const seeded = SEEDS.flatMap(({ steps }) =>
    steps.flatMap((step) => ('task' in step && step.as !== undefined ? [step.as] : [])),
  );
  const known = working.map(({ loginName }) => loginName);
  expect([...told, ...seeded].filter((name) => !known.includes(name))).toEqual([]);
});
