/** The text of `docs/camunda-client.md`: what each method of Camunda's official client finds here. Class: pure but for the files read. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PERMISSIONS } from '../api/permissions.js';

const CLIENT = 'node_modules/@camunda8/orchestration-cluster-api';

/** One request that the client can make. */
interface Operation {
  readonly name: string;
  /** Such as `POST /v2/jobs/{}/completion`. */
  readonly route: string;
}

/** Where methods are that find nothing here, and what there is in their place. The first that fits holds. */
const ABSENT: readonly (readonly [prefix: string, why: string])[] = [
  ...['authorizations', 'groups', 'mapping-rules', 'roles', 'setup', 'users'].map(
    (of) =>
      [
        of,
        'People, groups and roles are kept by `/api/v1/users`, by SCIM, or by a provider of identities ([identities](identities.md)).',
      ] as const,
  ),
  ['tenants', 'There is one tenant, `<default>`.'],
  ['cluster-variables', 'There are no variables outside of instances.'],
  ['clock', 'The clock is that of the world; a play of a draft has one of its own.'],
  [
    'audit-logs',
    'Acts and refusals are searched by `/api/v1/acts/search`, those of one task by a search of its own too.',
  ],
  ['global-task-listeners', 'There are no listeners; [webhooks](webhooks.md) tell of tasks.'],
  ['license', 'There is no licence to hold.'],
  ['system', 'Nothing is metered; how the installation does is told by `/health`.'],
  [
    'resources',
    'Definitions, decisions and forms are read by routes of their own; a package as a whole by `/api/v1/packages`.',
  ],
  ['jobs', 'Not there yet. Service tasks are done by the activities of a Temporal worker.'],
  ['documents', 'Not there yet.'],
  [
    'decision-instances',
    'Not there yet. How a decision was evaluated stands in the timeline of its instance.',
  ],
  ['correlated-message-subscriptions', 'Not there yet.'],
  ['process-definitions/statistics/message-subscriptions', 'Not there yet.'],
  ['conditionals', 'Not there yet. Conditions are looked at when data of an instance changes.'],
  [
    'element-instances/ad-hoc-activities',
    'Not there yet. Modifying an instance begins an activity of an ad-hoc sub-process.',
  ],
];

const plain = (route: string): string => route.replace(/:\w+|\{\w+\}/g, '{}');

/** All requests that the installed client can make, in its order. */
export function clientOperations(): readonly Operation[] {
  const folder = join(CLIENT, 'dist');
  const text = readdirSync(folder)
    .filter((file) => /^chunk-.*\.js$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const calls = text.matchAll(
    /^var (\w+) = \(options\) => \{\s+return \(options\??\.client \?\? client\)\.(\w+)\(\{(?:(?!^\};)[\s\S])*?url: "([^"]+)"/gm,
  );
  return Array.from(calls, ([, name = '', method = '', path = '']) => ({
    name,
    route: `${method.toUpperCase()} /v2${plain(path)}`,
  }));
}

const SERVED = new Set(
  Object.values(PERMISSIONS).map(({ method, path }) => plain(`${method} ${path}`)),
);

/** Whether there is a route for it. */
export const isServed = ({ route }: Operation): boolean => SERVED.has(route);

/** Why there is none, or null: nobody has said. */
export function whyAbsent({ route }: Operation): string | null {
  const path = route.split('/v2/')[1] ?? '';
  return ABSENT.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))?.[1] ?? null;
}

/** Methods in lists by a text that they share, in the order in which these come first. */
function grouped(
  operations: readonly Operation[],
  by: (one: Operation) => string,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, readonly string[]>();
  for (const one of operations)
    groups.set(by(one), [...(groups.get(by(one)) ?? []), `\`${one.name}\``]);
  return groups;
}

const partOf = ({ route }: Operation): string => route.split('/')[2] ?? '';

/** The page. */
export function camundaClientPage(): string {
  const { name, version } = JSON.parse(readFileSync(join(CLIENT, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
  };
  const operations = clientOperations();
  const served = operations.filter(isServed);
  const absent = operations.filter((one) => !isServed(one));
  const rows = (groups: ReadonlyMap<string, readonly string[]>, isCode: boolean) =>
    Array.from(groups, ([of, names]) => `| ${isCode ? `\`${of}\`` : of} | ${names.join(', ')} |`);
  return [
    "# Camunda's client against Jornada",
    '',
    `Which methods of \`${name}\` ${version} find a route here: ${served.length} of ${operations.length}, among them all that`,
    'deploy, start, search, work, correlate and operate. [The API](api.md) tells how they behave, and where they differ. The page is made',
    'from the client that is installed and from the table of routes; `npx tsx scripts/camunda-client-page.ts` writes it anew, and a test compares.',
    '',
    '## There',
    '',
    '| Under `/v2` | Methods |',
    '|---|---|',
    ...rows(grouped(served, partOf), true),
    '',
    '## Not there',
    '',
    'They are answered 404 with `NOT_FOUND`.',
    '',
    '| Why, and what there is instead | Methods |',
    '|---|---|',
    ...rows(
      grouped(absent, (one) => whyAbsent(one) ?? ''),
      false,
    ),
    '',
  ].join('\n');
}
