/**
 * Brings `node_modules` in line with `package-lock.json`, when it is not. No dependencies: it runs before there are any.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runChild, since, talk } from './child.js';

const STAMP = join(ROOT, 'node_modules', '.jornada-lock-sha256');

/** Why this Node cannot run Jornada, or null. Class: pure. */
export function whyNotNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if ((major > 20 || (major === 20 && minor >= 12)) && major < 26) return null;
  return `Expected Node 20.12 or newer, below 26, but this is Node ${version}; install Node 24: https://nodejs.org`;
}

/**
 * Whether the tree that npm recorded inside `node_modules` is the one of the lock file; packages for other platforms
 * may be missing. Class: pure.
 */
export function isSameTree(lock, installed) {
  const versionsDiffer = Object.entries(installed.packages).some(
    ([path, { version }]) => lock.packages[path]?.version !== version,
  );
  const oneIsMissing = Object.entries(lock.packages).some(
    ([path, { optional, devOptional }]) =>
      path !== '' && !optional && !devOptional && !(path in installed.packages),
  );
  return !versionsDiffer && !oneIsMissing;
}

/** Installs what is missing; ends the process with exit code 1 and a remedy when it cannot. Class: side effect. */
export async function install(env) {
  const problem = whyNotNode(process.versions.node);
  if (problem) fail(problem);
  const lockText = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lockText).digest('hex');
  if (readOrNull(STAMP) === hash) return;
  if (!isInstalled(JSON.parse(lockText))) await npmCi(JSON.parse(lockText), env);
  writeFileSync(STAMP, hash);
}

/** True after somebody ran npm by hand: nothing to do then but to remember it. */
function isInstalled(lock) {
  const record = readOrNull(join(ROOT, 'node_modules', '.package-lock.json'));
  return record !== null && isSameTree(lock, JSON.parse(record));
}

async function npmCi(lock, env) {
  const startedAt = performance.now();
  const count = Object.keys(lock.packages).length - 1;
  talk(`dependencies: installing ${count} packages by npm ci, about a minute`);
  const output = [];
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const [program, first] = npm(env.npm_execpath);
  const shell = process.platform === 'win32' && first.length === 0;
  const options = { stdio: ['ignore', 'pipe', 'pipe'], shell };
  const code = await runChild(program, [...first, ...args], options, (chunk) =>
    output.push(chunk),
  ).catch((error) => {
    output.push(Buffer.from(error.message));
    return 1;
  });
  if (code === 0) return talk(`dependencies: ready ${since(startedAt)}`);
  const text = Buffer.concat(output).toString('utf8').trim();
  fail(
    `${text}\nExpected npm ci to succeed, but it ended with ${code}; check the network and run: npm ci --ignore-scripts`,
  );
}

/** The npm that runs us when there is one, else the npm of the path: a program and its first arguments. */
function npm(path) {
  return path && /npm-cli\.c?js$/.test(path) ? [process.execPath, [path]] : ['npm', []];
}

function readOrNull(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function fail(message) {
  talk(message);
  process.exit(1);
}
