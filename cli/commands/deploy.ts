/** `jornada deploy FILE|FOLDER…`: all or nothing. Exit codes: 0 deployed, 1 refused, 2 nothing to deploy. */
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import type { DeployedRow } from '../../contracts/control.js';
import type { PackageFiles } from '../../registry/index.js';
import { type PackageFolder, readPackageFolder } from '../../worker/start/package-files.js';
import { missingPlace, placeOf } from '../deployment/places.js';
import { type EngineContext, failed } from '../engine-context.js';
import { CommandFailure, EXIT, type ExitCode } from '../failure.js';
import { findingLines } from '../findings.js';
import { type Column, several, tableLines } from '../table.js';

const COLUMNS: readonly Column<DeployedRow>[] = [
  { title: 'FILE', text: ({ package: key, file }) => `${key}/${file}` },
  { title: 'TYPE', text: ({ type }) => type },
  { title: 'ID', text: ({ id }) => id },
  { title: 'VERSION', text: ({ version }) => String(version) },
  { title: '', text: ({ isNew }) => (isNew ? 'new' : 'as it was') },
];

/** Deploys folders as packages of their name, and loose files together as one package. */
export async function deploy(context: EngineContext, args: readonly string[]): Promise<ExitCode> {
  const { terminal, client, options } = context;
  const isDryRun = options.dryRun === true;
  const packages = await readPackages(args);
  const answer = await client.call('deploy', { packages, isDryRun });
  const { isAccepted, deployed, findings } = answer;
  if (terminal.isJson) {
    await terminal.data(JSON.stringify({ ...answer, isDryRun }));
  } else {
    for (const line of findingLines(findings, terminal.paint)) await terminal.data(line);
    if (isAccepted) {
      for (const line of tableLines(COLUMNS, deployed, terminal)) await terminal.data(line);
    }
  }
  const errors = findings.filter(({ severity }) => severity !== 'warning').length;
  if (!isAccepted) terminal.complain(`Nothing was deployed: ${several(errors, 'error')}.`);
  else if (isDryRun) terminal.talk('Dry run: nothing was deployed.');
  return isAccepted ? EXIT.done : EXIT.failed;
}

async function readPackages(
  args: readonly string[],
): Promise<{ key: string; files: Record<string, string> }[]> {
  const packages: PackageFolder[] = [];
  const loose: string[] = [];
  for (const argument of args) {
    const place = placeOf(argument);
    const found = await stat(place).catch(() => null);
    if (found === null) throw new CommandFailure(missingPlace(argument), EXIT.usage);
    if (found.isDirectory()) packages.push(await readFolder(place));
    else if (/\.(bpmn|dmn|form|liquid)$/.test(place)) loose.push(place);
    else throw failed('PACKAGE_EMPTY', { place }, EXIT.usage);
  }
  if (loose.length > 0) packages.push(await readLoose(loose));
  return packages.map(({ key, files }) => ({ key, files: { ...files } }));
}

async function readFolder(place: string): Promise<PackageFolder> {
  const found = await readPackageFolder(place);
  if (Object.keys(found.files).length === 0) throw failed('PACKAGE_EMPTY', { place }, EXIT.usage);
  return found;
}

/** Their package is named after the first model; a `process.bpmn` after its folder. */
async function readLoose(places: readonly string[]): Promise<PackageFolder> {
  const files: Record<string, string> = {};
  for (const place of places) files[basename(place)] = await readFile(place, 'utf8');
  const first = places.find((place) => place.endsWith('.bpmn')) ?? places[0] ?? '';
  const name = basename(first, extname(first));
  const key = name === 'process' ? basename(dirname(resolve(first))) : name;
  return { key, files: files satisfies PackageFiles };
}
