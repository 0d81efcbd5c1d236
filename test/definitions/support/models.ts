/**
 * Our packages as they stand in `definitions/`, read for what they ask of each other: their descriptions, every node of
 * every model with the process that holds it, and the messages that they throw and wait for.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { PACKAGE, type PackageDescription } from '../../../contracts/package.js';
import type {
  ParsedDefinitions,
  ParsedMapping,
  ParsedNode,
  ParsedProcess,
  ParsedScope,
} from '../../../engine/model/parsed.js';
import { parseBpmn } from '../../../engine/parse/index.js';

const ROOT = 'definitions';

/** One package. */
export interface Package {
  readonly key: string;
  readonly description: PackageDescription;
  /** Its variables, passed and own, by name. */
  readonly declared: Readonly<Record<string, PackageDescription['internal'][string]>>;
}

/** A node with where it stands. */
export interface Place {
  readonly package: Package;
  readonly process: ParsedProcess;
  readonly node: ParsedNode;
  /** For a person who reads a failed test: `onboarding/welcome`. */
  readonly name: string;
}

/** A node that throws a message or waits for one. */
export interface MessagePlace extends Place {
  readonly message: string;
  readonly isThrown: boolean;
  /** FEEL with its leading `=`; null: it starts a process whatever the key. */
  readonly key: string | null;
  /** It starts an instance. */
  readonly isStart: boolean;
}

/** All packages with all that they hold. */
export interface Library {
  readonly packages: readonly Package[];
  readonly processes: readonly { readonly package: Package; readonly process: ParsedProcess }[];
  readonly places: readonly Place[];
  readonly messages: readonly MessagePlace[];
}

const isThrowing = ({ tag }: ParsedNode): boolean =>
  ['sendTask', 'intermediateThrowEvent', 'endEvent'].includes(tag);

const nodesOf = (scope: ParsedScope): readonly ParsedNode[] =>
  scope.nodes.flatMap((node) => [node, ...(node.content === null ? [] : nodesOf(node.content))]);

/** Conditions of all flows of a process, as FEEL. */
export const conditionsOf = ({ content }: ParsedProcess): readonly string[] =>
  [content, ...nodesOf(content).flatMap((node) => node.content ?? [])]
    .flatMap(({ flows }) => flows)
    .flatMap(({ condition }) => condition ?? []);

const refOf = ({ messageRef, triggers }: ParsedNode): string | null =>
  messageRef ?? triggers.find((trigger) => trigger.kind === 'message')?.ref ?? null;

function readPackage(key: string): Package {
  const text = readFileSync(join(ROOT, key, 'process.yaml'), 'utf8');
  const description = PACKAGE.parse(parse(text));
  return { key, description, declared: { ...description.internal, ...description.variables } };
}

function messageOf(place: Place, { messages }: ParsedDefinitions): MessagePlace | null {
  const { node, process } = place;
  const message = messages[refOf(node) ?? ''];
  if (!message?.name) return null;
  const { publishMessage, correlationKey } = node.extensions;
  return {
    ...place,
    message: message.name,
    isThrown: isThrowing(node),
    key: publishMessage?.correlationKey ?? correlationKey ?? message.correlationKey,
    isStart: node.tag === 'startEvent' && process.content.nodes.includes(node),
  };
}

/** Names of the files of a package that end so; our forms and decisions are named by their ids. */
export const filesOf = (key: string, extension: string): readonly string[] =>
  readdirSync(join(ROOT, key), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(`.${extension}`))
    .map((path) => basename(path));

/** Reads all packages; what does not parse fails the test. */
export async function readLibrary(): Promise<Library> {
  const names = readdirSync(ROOT).filter((name) => /^[a-z]/.test(name));
  const packages = names.map(readPackage);
  const files = packages.flatMap((one) =>
    readdirSync(join(ROOT, one.key))
      .filter((file) => file.endsWith('.bpmn'))
      .map((file) => ({ package: one, path: join(ROOT, one.key, file) })),
  );
  const models = await Promise.all(
    files.map(async ({ package: one, path }) => {
      const { definitions } = await parseBpmn(readFileSync(path, 'utf8'), path);
      if (definitions === null) throw new Error(`Expected ${path} to be a model, but it is not.`);
      const processes = definitions.processes.map((process) => ({ package: one, process }));
      const places = processes.flatMap(({ process }) =>
        nodesOf(process.content).map(
          (node): Place => ({ package: one, process, node, name: `${process.id}/${node.id}` }),
        ),
      );
      const messages = places.flatMap((place) => messageOf(place, definitions) ?? []);
      return { processes, places, messages };
    }),
  );
  return {
    packages,
    processes: models.flatMap(({ processes }) => processes),
    places: models.flatMap(({ places }) => places),
    messages: models.flatMap(({ messages }) => messages),
  };
}

/** The name that a mapping hands over as it is, or nothing: `=customerId`, `=get or else(customerId, null)`. */
export const plainName = ({ source }: ParsedMapping): string | null =>
  /^=\s*(?:get or else\((\w+), *[^()]*\)|(\w+))$/
    .exec(source)
    ?.slice(1)
    .find((name) => name !== undefined) ?? null;
