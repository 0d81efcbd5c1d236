/** docs/identities.md tells the table of routes as it is, and the demonstration's people with their password. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PERMISSIONS, type Permission } from '../../api/permissions.js';
import { DEMO_PASSWORD } from '../../worker/start/demo-users.js';

const page = readFileSync('docs/identities.md', 'utf8');

const WHO: Readonly<Record<string, string>> = { anonymous: 'anybody', 'signed-in': 'signed in' };

const rowOf = ({ method, path, who, kind, by }: Permission): string => {
  const told = typeof who === 'string' ? (WHO[who] ?? who) : who.join(', ');
  return `| \`${method} ${path}\` | ${told} | ${kind} | ${by} |`;
};

test('the table of routes is the table of the code', () => {
  const rows = page.match(/^\| `[A-Z]+ \/[^`]*` \| [^|]+ \| (?:read|write|own) \| \w+ \|$/gm) ?? [];
  expect([...rows].toSorted()).toEqual(Object.values(PERMISSIONS).map(rowOf).toSorted());
});

test('the password of the demonstration is told', () => {
  expect(page).toContain(`\`${DEMO_PASSWORD}\``);
});
