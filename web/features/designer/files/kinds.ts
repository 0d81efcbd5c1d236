/** Kinds of files that a package has, and what a new one begins with: small, sound, in both languages. Class: pure. */
import { newDecision, newDecisionRows } from './new-decision.js';
import { newForm } from './new-form.js';
import { newModel } from './new-model.js';

/** What somebody adds. */
export type FileKind =
  | 'form'
  | 'decision'
  | 'mail'
  | 'scenario'
  | 'model'
  | 'template'
  | 'example'
  | 'readme'
  | 'description';

/** In the order in which they are offered. */
export const FILE_KINDS: readonly FileKind[] = [
  ...(['form', 'decision', 'mail', 'scenario', 'model', 'template', 'example'] as const),
  ...(['readme', 'description'] as const),
];

/** What of a package a new file is made for. */
export interface Around {
  readonly packageKey: string;
  readonly texts: Readonly<Record<string, string>>;
}

interface Kind {
  /** Null: there is one, and its name is given. */
  readonly shape: RegExp | null;
  readonly example: string;
  /** Path → text of all that comes with it. */
  readonly files: (name: string, around: Around) => Readonly<Record<string, string>>;
}

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** Decisions are named in FEEL. */
const SNAKE = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

const titleOf = (name: string): string => {
  const words = name.replace(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const mail = (subject: string, hello: string): string =>
  `---\nsubject: ${subject}\n---\n${hello} {{ name }},\n\n…\n`;

const KINDS: Readonly<Record<FileKind, Kind>> = {
  form: {
    ...{ shape: KEBAB, example: 'check-order' },
    files: (name) => ({ [`forms/${name}.form`]: newForm(name, titleOf(name)) }),
  },
  decision: {
    ...{ shape: SNAKE, example: 'order_priority' },
    files: (name) => ({
      [`decisions/${name}.dmn`]: newDecision(name, titleOf(name)),
      [`decisions/${name}.dmn.test.csv`]: newDecisionRows(),
    }),
  },
  mail: {
    ...{ shape: KEBAB, example: 'order-received' },
    files: (name, { texts }) => ({
      [`mail/${name}.en.liquid`]: mail(titleOf(name), 'Hello'),
      [`mail/${name}.pt-BR.liquid`]: mail(titleOf(name), 'Olá,'),
      ...described(name, texts['process.yaml']),
    }),
  },
  scenario: {
    ...{ shape: KEBAB, example: 'order-refused' },
    files: (name, { texts }) => ({
      [`scenarios/${name}.yaml`]: `- name: ${name.replaceAll('-', ' ')}\n  process: ../${modelIn(texts)}\n  now: 2026-03-02T09:00:00-03:00\n  steps:\n    - start: { variables: {} }\n  expect: {}\n`,
    }),
  },
  model: {
    ...{ shape: KEBAB, example: 'pack-order' },
    files: (name) => ({ [`${name}.bpmn`]: newModel(name, titleOf(name)) }),
  },
  template: {
    ...{ shape: KEBAB, example: 'tell-customer' },
    files: (name, { packageKey }) => ({
      [`templates/${name}.json`]: newTemplate(`${packageKey}.${name}`, titleOf(name)),
    }),
  },
  example: {
    ...{ shape: KEBAB, example: 'large-order' },
    files: (name) => ({ [`examples/${name}.json`]: '{}\n' }),
  },
  readme: {
    ...{ shape: null, example: 'README' },
    files: (_name, { packageKey }) => ({
      'README.md': `# ${titleOf(packageKey)}\n\nWho does what, what goes in and what comes out, what people will want to change.\n`,
    }),
  },
  description: {
    ...{ shape: null, example: 'process' },
    files: (_name, { packageKey }) => ({
      'process.yaml': `key: ${packageKey}\ntitle: { en: "${titleOf(packageKey)}", pt-BR: "${titleOf(packageKey)}" }\ndescription: { en: "${titleOf(packageKey)}", pt-BR: "${titleOf(packageKey)}" }\nowner: csm\nroles:\n  csm: { en: Customer success, pt-BR: Sucesso do cliente }\nvariables: {}\ninternal: {}\noutcomes: {}\nretention:\n  instances: P1Y\n  reason: { en: Nobody needs it longer, pt-BR: Ninguém precisa por mais tempo }\n`,
    }),
  },
};

/** Why a name is none; null: it is one. */
export function nameFaultOf(
  kind: FileKind,
  name: string,
  around: Around,
): 'shape' | 'taken' | null {
  const { shape, files } = KINDS[kind];
  if (shape !== null && (!shape.test(name) || name.length > MOST)) return 'shape';
  const paths = Object.keys(files(name, around)).filter((path) => path !== 'process.yaml');
  const own = kind === 'description' ? ['process.yaml'] : paths;
  const there = Object.keys(around.texts).map((path) => path.toLowerCase());
  return own.some((path) => there.includes(path.toLowerCase())) ? 'taken' : null;
}

const MOST = 60;

/** Whether a kind has names. */
export const isNamed = (kind: FileKind): boolean => KINDS[kind].shape !== null;

/** A name of the kind, as it is written. */
export const exampleOf = (kind: FileKind): string => KINDS[kind].example;

/** What is added or changed: path → text, the new file first. */
export const filesOf = (kind: FileKind, name: string, around: Around) =>
  KINDS[kind].files(name, around);

/** The model that scenarios begin with. */
function modelIn(texts: Readonly<Record<string, string>>): string {
  const models = Object.keys(texts)
    .filter((path) => path.endsWith('.bpmn'))
    .sort();
  return models.find((path) => path === 'process.bpmn') ?? models[0] ?? 'process.bpmn';
}

/** A description that tells of the mail as well, with a sample to try it by; nothing where there is none. */
function described(name: string, text: string | undefined): Readonly<Record<string, string>> {
  if (text === undefined || new RegExp(`^  ${name}:`, 'm').test(text)) return {};
  const title = titleOf(name);
  const rows = `  ${name}:\n    class: transactional\n    title: { en: "${title}", pt-BR: "${title}" }\n    sample: { name: Ana Prado }\n`;
  const [head] = /^mails:[ \t]*\r?\n/m.exec(text) ?? [];
  if (head !== undefined) {
    const at = text.indexOf(head) + head.length;
    return { 'process.yaml': text.slice(0, at) + rows + text.slice(at) };
  }
  // What stands on its line, such as `mails: {}`, is somebody's own way to write it.
  if (/^mails:/m.test(text)) return {};
  return { 'process.yaml': `${text.replace(/\n?$/, '\n')}mails:\n${rows}` };
}

const newTemplate = (id: string, name: string): string =>
  `${JSON.stringify(
    [
      {
        $schema:
          'https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json',
        ...{ name, id, version: 1, appliesTo: ['bpmn:Task'] },
        elementType: { value: 'bpmn:ServiceTask' },
        properties: [
          {
            ...{ type: 'Hidden', value: 'notify' },
            binding: { type: 'zeebe:taskDefinition', property: 'type' },
          },
        ],
      },
    ],
    null,
    2,
  )}\n`;
