/**
 * What processes did for the customer: its instances, each step of them, and files of their tasks. Variables of class S (secrets) are left
 * out; so are, on demand, the names of our own people, which become `staff-1`, `staff-2` in the order they come.
 */
import type { Json } from '../../../engine/model/index.js';
import { isContext } from '../../../engine/model/index.js';
import { readDescription } from '../../../registry/index.js';
import type { Attachment, JournalRow, ProcessInstance, Store } from '../../../store/index.js';
import type { Column, Row, Source, Subject } from '../source.js';

const PAGE = 200;

type History = Pick<
  Store,
  'processInstances' | 'journal' | 'definitions' | 'customerKeys' | 'inbox'
>;

const id = (name: string, says: string, isOptional = false): Column => ({
  ...{ name, type: 'text', says, isOptional, class: 'I' },
});
const instant = (name: string, says: string, isOptional = false): Column => ({
  ...{ name, type: 'instant', says, isOptional, class: 'I' },
});
const count = (name: string, says: string, isOptional = false): Column => ({
  ...{ name, type: 'integer', says, isOptional, class: 'I' },
});

const INSTANCES: readonly Column[] = [
  id('instanceId', 'UUIDv7'),
  id('processId', 'the process'),
  count('definitionVersion', 'version of its definition'),
  id('callerInstanceId', 'the instance that called it', true),
  id('businessKey', 'what people call it', true),
  id('state', 'where it stood'),
  instant('startedAt', 'when it began', true),
  instant('endedAt', 'when it ended', true),
];

const STEPS: readonly Column[] = [
  id('instanceId', 'the instance'),
  count('sequence', 'place in its journal, from 1'),
  instant('at', 'when it happened'),
  id('kind', 'what happened, as docs/journal.md names it'),
  id('elementId', 'element of the model', true),
  id('elementInstanceId', 'one stay at it', true),
  count('cause', 'sequence of the step that led to it', true),
  id('actor', 'who did it', true),
  { name: 'data', type: 'json', says: 'what the step carries', isOptional: true, class: 'T' },
  {
    ...{ name: 'isErased', type: 'boolean', isOptional: false, class: 'I' },
    says: 'what it carried was erased',
  },
];

const ATTACHMENTS: readonly Column[] = [
  id('attachmentId', 'UUID'),
  id('instanceId', 'the instance'),
  id('taskId', 'the stay at the task, as `elementInstanceId` of its steps'),
  { name: 'name', type: 'text', says: 'name of the file', isOptional: false, class: 'C' },
  id('mediaType', 'its media type'),
  count('bytes', 'how long it is'),
  id('attachedBy', 'who attached it', true),
  instant('attachedAt', 'when it was attached'),
];

const CONTENTS: readonly Column[] = [
  id('attachmentId', 'the file'),
  count('number', 'place of the piece in it, from 0'),
  {
    ...{ name: 'content', type: 'text', isOptional: false, class: 'C' },
    says: 'the piece in Base64; one behind the other they are Base64 of the file',
  },
];

/** Makes the source. */
export function historySource(store: History): Source {
  return {
    id: 'history',
    datasets: [
      {
        name: 'instances',
        says: 'what processes ran for the customer',
        columns: INSTANCES,
        pages: async function* (of) {
          for await (const page of instancePages(store, of)) {
            yield page.map((row) => only(INSTANCES, row));
          }
        },
      },
      {
        name: 'steps',
        says: 'each step of these processes, in order',
        columns: STEPS,
        pages: (of) => stepPages(store, of),
      },
      {
        name: 'attachments',
        says: 'files that were attached to tasks',
        columns: ATTACHMENTS,
        pages: async function* (of) {
          const hide = createHiding(of.hidesStaff);
          for await (const page of attachmentPages(store, of)) {
            yield page.map((one) =>
              only(ATTACHMENTS, { ...one, attachedBy: hide(one.attachedBy) }),
            );
          }
        },
      },
      {
        name: 'attachment-contents',
        says: 'what is in these files, piece by piece',
        columns: CONTENTS,
        pages: (of) => contentPages(store, of),
      },
    ],
  };
}

async function* instancePages(
  { processInstances, customerKeys }: History,
  { customerId, cutOff }: Subject,
): AsyncGenerator<readonly ProcessInstance[]> {
  // Also those that ran before anybody knew whose they were.
  const keys = await customerKeys.all(customerId);
  let after: string | null = null;
  do {
    const { items, endCursor }: Awaited<ReturnType<typeof processInstances.search>> =
      await processInstances.search({
        filter: { customerKeyId: { $in: keys }, startedAt: { $lte: cutOff } },
        sort: [{ field: 'instanceId', order: 'ASC' }],
        limit: PAGE,
        ...(after !== null && { after }),
      });
    if (items.length > 0) yield items;
    after = items.length < PAGE ? null : endCursor;
  } while (after !== null);
}

async function* stepPages(store: History, of: Subject): AsyncGenerator<readonly Row[]> {
  const hide = createHiding(of.hidesStaff);
  for await (const instances of instancePages(store, of)) {
    for (const { instanceId, definitionHash } of instances) {
      const secrets = await secretsOf(store, definitionHash);
      for await (const page of entryPages(store, instanceId, of.cutOff)) {
        yield page.map((entry) =>
          only(STEPS, {
            ...entry,
            actor: hide(entry.actor),
            data: withoutStaff(withoutSecrets(entry.data, secrets), hide),
          }),
        );
      }
    }
  }
}

async function* attachmentPages(
  store: History,
  of: Subject,
): AsyncGenerator<readonly Attachment[]> {
  const { attachments } = store.inbox;
  for await (const instances of instancePages(store, of)) {
    for (const { instanceId } of instances) {
      let page = await attachments.ofInstance(instanceId, of.cutOff, '');
      while (page.length > 0) {
        yield page;
        page = await attachments.ofInstance(instanceId, of.cutOff, page.at(-1)?.attachmentId ?? '');
      }
    }
  }
}

/** One piece at a time is held. */
async function* contentPages(store: History, of: Subject): AsyncGenerator<readonly Row[]> {
  for await (const page of attachmentPages(store, of)) {
    for (const one of page) {
      for await (const { attachmentId, number, content } of store.inbox.attachments.pieces(one)) {
        yield [{ attachmentId, number, content: content.toString('base64') }];
      }
    }
  }
}

async function* entryPages(
  { journal }: History,
  instanceId: string,
  cutOff: string,
): AsyncGenerator<readonly JournalRow[]> {
  let after: string | null = null;
  do {
    const { items, endCursor }: Awaited<ReturnType<typeof journal.search>> = await journal.search({
      filter: { instanceId, at: { $lte: cutOff } },
      sort: [{ field: 'sequence', order: 'ASC' }],
      limit: PAGE,
      ...(after !== null && { after }),
    });
    if (items.length > 0) yield items;
    after = items.length < PAGE ? null : endCursor;
  } while (after !== null);
}

function only(columns: readonly Column[], row: object): Row {
  const values = row as Readonly<Record<string, Json>>;
  return Object.fromEntries(
    columns.map(({ name }) => [name, values[name] ?? null] as [string, Json]),
  );
}

/** Names of the secret variables of the package that an instance pins. */
async function secretsOf({ definitions }: History, hash: string): Promise<ReadonlySet<string>> {
  const text = (await definitions.package(hash))?.files['process.yaml'];
  if (text === undefined) return new Set();
  const { description } = readDescription(text, 'process.yaml');
  const all = { ...description?.variables, ...description?.internal };
  return new Set(Object.keys(all).filter((name) => all[name]?.class === 'S'));
}

function withoutSecrets(data: JournalRow['data'], secrets: ReadonlySet<string>): Json {
  const values = data?.values;
  if (!isContext(values) || secrets.size === 0) return data;
  const left = Object.entries(values).filter(([name]) => !secrets.has(name));
  return { ...data, values: Object.fromEntries(left) };
}

/** Whom a task went to is one of our people as well. */
function withoutStaff(data: Json, hide: (name: string | null) => string | null): Json {
  if (!isContext(data) || typeof data.assignee !== 'string') return data;
  return { ...data, assignee: hide(data.assignee) };
}

function createHiding(isOn: boolean): (name: string | null) => string | null {
  const names = new Map<string, string>();
  return (name) => {
    if (name === null || !isOn) return name;
    const known = names.get(name) ?? `staff-${names.size + 1}`;
    names.set(name, known);
    return known;
  };
}
