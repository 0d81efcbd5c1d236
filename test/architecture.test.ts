import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * What a folder may import: other folders of ours, packages, `node:`; `type x` allows types only. Own folder and
 * `vitest` in tests go without saying. `docs/architecture.md` tells the same with its reasons.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'engine/errors': ['type engine/model'],
  'engine/model': ['type engine/errors'],
  'engine/expressions': [
    'engine/model',
    'engine/errors',
    'engine/calendars',
    'engine/sla',
    'feelin',
    '@lezer/common',
    're2js',
    'temporal-polyfill',
  ],
  'engine/decisions': ['engine/model', 'engine/errors', 'engine/expressions', 'type engine/parse'],
  'engine/decisions/parse': [
    'engine/model',
    'engine/errors',
    'engine/expressions',
    'engine/parse',
    'engine/decisions',
    'dmn-moddle',
  ],
  'engine/calendars': ['engine/model', 'temporal-polyfill'],
  'engine/sla': ['engine/calendars'],
  'engine/triggers': [
    'engine/model',
    'engine/errors',
    'engine/expressions',
    'temporal-polyfill',
    'croner',
  ],
  'engine/elements': ['engine/model', 'engine/errors', 'engine/triggers', 'engine/expressions'],
  'engine/parse': ['engine/model', 'engine/errors', 'bpmn-moddle', 'zeebe-bpmn-moddle'],
  'engine/validate': [
    'engine/model',
    'engine/errors',
    'engine/elements',
    'engine/triggers',
    'engine/expressions',
  ],
  'engine/compile': [
    'engine/model',
    'engine/errors',
    'engine/elements',
    'engine/triggers',
    'engine/expressions',
  ],
  'engine/step': [
    'engine/model',
    'engine/errors',
    'engine/elements',
    'engine/triggers',
    'engine/expressions',
    'engine/decisions',
    'engine/forms',
  ],
  'engine/correlation': ['engine/model', 'engine/errors'],
  'engine/forms': ['engine/model', 'engine/errors', 'engine/expressions'],
  'engine/diff': ['engine/parse', 'engine/decisions'],
  'engine/play': [
    'engine/model',
    'engine/errors',
    'engine/step',
    'engine/correlation',
    'engine/triggers',
    'engine/expressions',
    'engine/parse',
    'engine/validate',
    'engine/compile',
    'engine/decisions',
    'zod',
    'yaml',
  ],
  // The formats and checks of the audit log: nothing of ours, so that an export is checked by one file that needs no more.
  audit: ['node:crypto'],
  'audit/offline': ['audit', 'node:'],
  // What happened, in words, for terminals, pages and case files.
  history: ['engine/model', 'type contracts', 'type registry', 'type store'],
  // Case files are read off the store, and packed.
  'case-files': [
    'archive',
    'audit',
    'contracts',
    'engine',
    'history',
    'registry',
    'store',
    'node:',
    'zod',
  ],
  // Reports: put together of what the store counts, drawn without a browser; the web app draws the same charts.
  reports: ['contracts', 'engine/errors', 'engine/calendars/wall-time.js', 'store', 'echarts'],
  // ZIP files, in and out.
  archive: ['node:', 'yazl', 'yauzl'],
  contracts: ['zod', 'type engine/model', 'type engine/errors', 'type engine/correlation'],
  workflows: [
    'engine/model',
    'engine/errors',
    'engine/correlation',
    // Not the whole folder: calendars and cron have no business in a workflow.
    'engine/triggers/timer/fixed-duration.js',
    'contracts',
    '@temporalio/workflow',
    '@temporalio/common',
    'type activities',
  ],
  registry: ['engine', 'contracts', 'store', 'node:', 'yaml', 'zod'],
  store: [
    'audit',
    'contracts',
    'engine/errors',
    'type engine/model',
    'engine/model',
    'node:',
    'drizzle-orm',
    'pg',
    '@electric-sql/pglite',
  ],
  activities: [
    'archive',
    'contracts',
    'engine',
    'registry',
    'store',
    '@temporalio/activity',
    '@temporalio/common',
    '@temporalio/client',
    'node:',
    'nodemailer',
    'liquidjs',
    'zod',
  ],
  // What designers ask of a package: rules, scenarios, plays, differences; pure but for its threads.
  designer: [
    'contracts',
    'engine',
    'registry',
    // Which side effects there are, and how mails are written.
    'activities/side-effects.js',
    'activities/mail/template.js',
    'activities/element-templates/index.js',
    // What a thread runs is bundled as the command line is.
    'cli/bundle.js',
    'tsx',
    'node:',
    'zod',
    'yaml',
  ],
  api: [
    // What modelers draw service tasks with.
    'activities/element-templates/index.js',
    'archive',
    'case-files',
    'contracts',
    'designer',
    'history',
    'engine',
    'registry',
    'reports',
    'store',
    'fastify',
    '@fastify/cookie',
    '@fastify/helmet',
    '@fastify/multipart',
    '@fastify/rate-limit',
    '@fastify/static',
    '@node-rs/argon2',
    'csv-stringify',
    'jose',
    'openid-client',
    'standardwebhooks',
    'scimmy',
    'node:',
    'zod',
  ],
  worker: [
    'activities',
    'designer',
    'api',
    'audit',
    'case-files',
    'history',
    'registry',
    'reports',
    'store',
    'contracts',
    'engine',
    'workflows',
    '@temporalio/worker',
    '@temporalio/client',
    '@temporalio/common',
    '@temporalio/activity',
    'node:',
    'zod',
    'nodemailer',
    'smtp-server',
    'mailparser',
    'yaml',
    // The check of an export is one file, made of the code that checks here.
    'esbuild',
  ],
  cli: [
    // Lint asks which task types are served, and tries mails.
    'activities',
    'archive',
    'case-files',
    'audit',
    'contracts',
    'designer',
    'history',
    'registry',
    'reports',
    'store',
    'engine',
    'worker',
    'node:',
    'commander',
    // Files of customers are read where they are; the engine is sent their lines.
    'csv-parse',
    'zod',
    '@clack/prompts',
    'tsx',
    'esbuild',
  ],
  // Runs in browsers: nothing of the server but the shapes that go over the wire, and the pure core.
  web: [
    'contracts',
    'engine',
    // Charts, words and texts of reports: not what reads or draws without a browser.
    'reports/chart.js',
    'reports/text.js',
    'reports/words.js',
    'react',
    'react-dom',
    'react-i18next',
    'i18next',
    '@mantine',
    '@tanstack',
    'lucide-react',
    'echarts',
    'bpmn-js',
    'bpmn-js-properties-panel',
    'bpmn-js-element-templates',
    'bpmn-js-create-append-anything',
    'camunda-bpmn-js-behaviors',
    'diagram-js-minimap',
    'dmn-js',
    '@bpmn-io',
    '@camunda/linting',
    'bpmnlint',
    'zeebe-bpmn-moddle',
    'liquidjs',
    'marked',
    'uqr',
    'yaml',
  ],
  // What builds it is no part of it.
  'web/build.js': ['web', 'node:', 'vite'],
  'web/vite.config.js': ['node:', '@vitejs/plugin-react'],
};

interface Import {
  readonly file: string;
  readonly target: string;
  readonly isType: boolean;
}

const sources = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|mts|cjs|mjs|js)$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name));

const IMPORT =
  /^(import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)';|^import\s+'([^']+)';|import\('([^']+)'\)/gms;

const importsOf = (file: string): readonly Import[] => {
  const text = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  return [...text.matchAll(IMPORT)].map(([, , type, from, bare, lazy]) => {
    const specifier = from ?? bare ?? lazy ?? '';
    const target = specifier.startsWith('.')
      ? relative(ROOT, join(ROOT, dirname(file), specifier))
          .split(sep)
          .join('/')
      : specifier;
    return { file, target, isType: type !== undefined };
  });
};

const ruleOf = (file: string): readonly [string, readonly string[]] => {
  const folder = Object.keys(MAY_IMPORT)
    .filter((name) => file === name || file.startsWith(`${name}/`))
    .sort((a, b) => b.length - a.length)[0];
  if (folder === undefined) throw new Error(`no rule for ${file}`);
  return [folder, MAY_IMPORT[folder] ?? []];
};

const fits = (target: string, allowed: string): boolean =>
  target === allowed || target.startsWith(allowed.endsWith(':') ? allowed : `${allowed}/`);

const isAllowed = ({ file, target, isType }: Import): boolean => {
  const [folder, allowed] = ruleOf(file);
  if (fits(target, folder)) return true;
  return allowed.some((rule) =>
    rule.startsWith('type ') ? isType && fits(target, rule.slice(5)) : fits(target, rule),
  );
};

const exists = (folder: string): boolean => {
  try {
    return readdirSync(join(ROOT, folder)).length > 0;
  } catch {
    return false;
  }
};

const TOP = [
  'engine',
  'contracts',
  'workflows',
  'registry',
  'store',
  'activities',
  'api',
  'archive',
  'audit',
  'designer',
  'case-files',
  'history',
  'worker',
  'reports',
  'cli',
  'web',
];

describe('import directions', () => {
  test.each(TOP.filter(exists))('%s imports only what lies below it', (folder) => {
    const wrong = sources(folder)
      .flatMap(importsOf)
      .filter((found) => !isAllowed(found))
      .map(({ file, target }) => `${file} → ${target}`);
    expect(wrong).toEqual([]);
  });
});

/** One wrapper per third-party concern: only these places import the package. */
const WRAPPED: Readonly<Record<string, string>> = {
  feelin: 'engine/expressions/',
  re2js: 'engine/expressions/',
  croner: 'engine/triggers/timer/',
  'bpmn-moddle': 'engine/parse/',
  'dmn-moddle': 'engine/decisions/parse/',
  'drizzle-orm': 'store/',
  pg: 'store/',
  '@electric-sql/pglite': 'store/',
  nodemailer: 'activities/',
  yazl: 'archive/',
  fastify: 'api/',
  '@node-rs/argon2': 'api/identities/',
  'csv-parse': 'cli/customer-file/',
  'csv-stringify': 'api/csv/',
  standardwebhooks: 'api/webhooks/',
  yauzl: 'archive/',
};

test('the reader of imports sees them', () => {
  const found = importsOf('engine/step/index.ts').map(({ target }) => target);
  expect(found).toContain('engine/step/run.js');
  expect(isAllowed({ file: 'engine/step/run.ts', target: 'store/index.js', isType: true })).toBe(
    false,
  );
  expect(
    isAllowed({ file: 'contracts/x.ts', target: 'engine/model/state.js', isType: false }),
  ).toBe(false);
});

describe('one wrapper a package', () => {
  test.each(Object.entries(WRAPPED))('%s is imported by %s only', (name, home) => {
    const wrong = TOP.filter(exists)
      .flatMap(sources)
      .flatMap(importsOf)
      .filter(({ target, file }) => fits(target, name) && !file.startsWith(home))
      .map(({ file }) => file);
    expect(wrong).toEqual([]);
  });
});

/** What would make an interpreter or a workflow depend on where and when it runs. */
const IMPURE: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['Math.random', /\bMath\.random\b/],
  ['Date.now', /\bDate\.now\b/],
  ['new Date()', /\bnew Date\(\)/],
  ['localeCompare', /\.localeCompare\b/],
  ['toLocale…', /\.toLocale[A-Z]/],
  ['process.env', /\bprocess\.env\b/],
  ['a module-level let', /^let /m],
];

const codeOf = (file: string): string =>
  readFileSync(join(ROOT, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '');

/** The sandbox of workflows gives them the clock of their history under these names. */
const PATCHED_IN_WORKFLOWS: readonly string[] = ['Date.now', 'new Date()', 'Math.random'];

const isForgiven = (file: string, what: string): boolean =>
  file.startsWith('workflows/') && PATCHED_IN_WORKFLOWS.includes(what);

describe('purity', () => {
  const folders = ['engine', 'workflows', 'contracts', 'audit'].filter(exists);
  test.each(folders)('%s reads no clock, chance or place', (folder) => {
    const wrong = sources(folder).flatMap((file) =>
      IMPURE.filter(([what, pattern]) => pattern.test(codeOf(file)) && !isForgiven(file, what)).map(
        ([what]) => `${file}: ${what}`,
      ),
    );
    expect(wrong).toEqual([]);
  });
});
