/**
 * How our packages fit together: what one hands to another and takes back, who throws the messages that another waits
 * for, who the people are, and what the service tasks are for. Each of them was drawn alone; this holds them together.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { SIDE_EFFECT_TYPES } from '../../activities/side-effects.js';
import { namesIn } from '../../engine/expressions/index.js';
import type { ParsedMapping } from '../../engine/model/parsed.js';
import {
  conditionsOf,
  filesOf,
  type Library,
  type Package,
  type Place,
  plainName,
  readLibrary,
} from './support/models.js';

/** Messages that nobody here throws, and who sends them. */
const FROM_OUTSIDE: Readonly<Record<string, string>> = {
  'contact.bounced': 'mail provider',
  'contact.left': 'CRM, or the directory of the customer',
  'contact.replaced': 'CRM',
  'contact.unsubscribed': 'mail provider, or the link in a mail',
  'contract.changed': 'e-sign connector',
  'contract.declined': 'e-sign connector',
  'contract.expired': 'e-sign connector',
  'contract.signed': 'e-sign connector',
  'customer.cancelled': 'CRM, or the person who takes the call',
  'customer.returned': 'the person who takes the call',
  'deal.won': 'CRM',
  'export.confirmed': 'page of the export, by the customer',
  'export.fault-reported': 'page of the export, by the customer',
  'export.link-requested': 'page of the export, by the customer',
  'export.requested': 'portal',
  'goal.confirmed': 'sponsor, by the portal',
  'identity.answered': 'page of the export, by the customer',
  'insolvency.notified': 'the person in legal who opens the letter',
  'invoice.due-soon': 'billing',
  'meeting.accepted': 'calendar connector',
  'meeting.cancelled': 'calendar connector',
  'meeting.declined': 'calendar connector',
  'meeting.rescheduled': 'calendar connector',
  'offboarding.date-moved': 'the person who agrees on another date',
  'payment.received': 'payment provider',
  'payment.reversed': 'payment provider',
  'restore.completed': 'whoever restores a backup',
  'stage.changed': 'whoever computes the stage of customers',
  'subprocessor.confirmed': 'sub-processor, by mail or connector',
  'survey.answered': 'page of a survey',
  'ticket.received': 'channels of support',
  'training.progress': 'learning system, or the trainer',
  'user.first-login': 'product, and our page of the access link',
  'winback.answered': 'page of the question',
};

/** Messages for which nobody waits here, and who takes them. */
const FOR_OUTSIDE: Readonly<Record<string, string>> = {
  'account.ready': 'the product, and whoever watches new accounts',
  'churn-risk.start': 'a process that keeps customers, where a company has one',
  'hold.placed': 'systems that keep copies of their own',
  'survey.request': 'whoever sends surveys',
};

/** Messages that are matched by more than one kind of key, and why. */
const MANY_KEYS: Readonly<
  Record<string, { readonly kinds: readonly string[]; readonly why: string }>
> = {
  'access.effective-moved': {
    kinds: ['customerId', 'customerId:contactId'],
    why: 'the access of one contact ends by itself',
  },
  'customer.returned': {
    kinds: ['customerId', 'customerId:contactId'],
    why: 'who comes back is the customer; a contact who left is another matter',
  },
  'product.event': {
    kinds: ['contactId', 'customerId'],
    why: 'the product tells both of the person and of the customer',
  },
  'survey.answered': {
    kinds: ['customerId:contactId', 'surveyId'],
    why: 'who asked knows the invitation; who did not, knows the person',
  },
};

/** Task types that no model here uses: they are for designers of other processes. */
const FOR_DESIGNERS: Readonly<Record<string, string>> = {
  'http-request': 'any system that has no connector of its own',
  'invoice.issue': 'invoices of a company that bills by a process',
  'access.delete': 'systems where an account must be deleted and not only disabled',
  'mail.send': 'the same as `notify`, for who means a mail and nothing else',
};

/** Names that a key goes by in one process, and what they are. */
const ALIASES: Readonly<Record<string, string>> = {
  signerContactId: 'contactId',
  deletionRequestId: 'requestId',
  leadRequestId: 'requestId',
  ticketKey: 'ticketId',
};

let library: Library;
beforeAll(async () => {
  library = await readLibrary();
});

interface Call extends Place {
  readonly called: Package;
}

/** Calls of the process that a package is named after. */
const calls = (): readonly Call[] =>
  library.places.flatMap((place) => {
    const { calledElement, extensions } = place.node;
    const id = extensions.calledElement?.processId ?? calledElement;
    const called = library.packages.find(({ key }) => key === id);
    return called === undefined ? [] : [{ ...place, called }];
  });

const feel = ({ source }: ParsedMapping): string => source.replace(/^=/, '');
const isSame = (one: string, other: string): boolean =>
  one === other || [one, other].includes('any') || [one, other].sort().join() === 'integer,number';

/** What is wrong with a list of values that go from one package into another as its input. */
function misfits({ package: own, node, name }: Place, called: Package): readonly string[] {
  const { variables } = called.description;
  const { inputs } = node.extensions;
  const given = inputs.map(({ target }) => target);
  const missing = Object.entries(variables)
    .filter(([variable, { required }]) => required && !given.includes(variable))
    .map(([variable]) => `${name} leaves out ${variable} of ${called.key}`);
  const unknown = given
    .filter((variable) => variables[variable] === undefined)
    .map((variable) => `${name} hands ${variable} to ${called.key}, which does not take it`);
  const others = inputs.flatMap((input) => {
    const from = own.declared[plainName(input) ?? '']?.type;
    const to = variables[input.target]?.type;
    return from === undefined || to === undefined || isSame(from, to)
      ? []
      : [`${name} hands ${input.target}, ${from}, to ${called.key}, where it is ${to}`];
  });
  return [...missing, ...unknown, ...others];
}

describe('calls of one package by another', () => {
  test('are there', () => {
    expect(calls().map(({ name }) => name).length).toBeGreaterThan(5);
  });

  test('hand over what is declared, all that is required, of the same type', () => {
    expect(calls().flatMap((call) => misfits(call, call.called))).toEqual([]);
  });

  test('hand over by name alone', () => {
    const careless = calls().filter(({ node }) => {
      const called = node.extensions.calledElement;
      return called?.propagateAllParentVariables !== false || called.propagateAllChildVariables;
    });
    expect(careless.map(({ name }) => name)).toEqual([]);
  });

  test('hand the pace on, also within a package', () => {
    const slow = library.places.filter(({ node: { tag, extensions }, package: own }) => {
      const isPaced = own.description.variables.pace !== undefined;
      const settings = extensions.inputs.some(({ target }) => target === 'settings');
      const pace = extensions.inputs.some(({ target }) => target === 'pace');
      return tag === 'callActivity' && isPaced && !settings && !pace;
    });
    const calledSlow = calls().filter(({ node }) =>
      node.extensions.inputs.every(({ target }) => target !== 'pace'),
    );
    expect([...slow, ...calledSlow].map(({ name }) => name)).toEqual(
      // It waits for nothing.
      ['signup/undo-provisioning', 'signup/undo-all'],
    );
  });

  test('take back what the called package puts out, of the same type', () => {
    const problems = calls().flatMap(({ called, name, node, package: own }) => {
      const { output } = called.description;
      return node.extensions.outputs.flatMap((mapping) => {
        // What it has of its own is read beside: `append(stepsDone, "welcome")`.
        const strange = namesIn(feel(mapping)).filter(
          (read) => !output.includes(read) && own.declared[read] === undefined,
        );
        const read = plainName(mapping) ?? '';
        const from = output.includes(read) ? called.declared[read]?.type : undefined;
        const to = own.declared[mapping.target]?.type;
        const differs = from !== undefined && to !== undefined && !isSame(from, to);
        return [
          ...strange.map((read) => `${name} takes ${read}, which ${called.key} does not put out`),
          ...(differs ? [`${name} takes ${read}, ${from}, as ${mapping.target}, ${to}`] : []),
          ...(to === undefined ? [`${name} takes ${mapping.target}, which is not declared`] : []),
        ];
      });
    });
    expect(problems).toEqual([]);
  });

  test('tell outcomes apart that the called package has', () => {
    const told = calls().flatMap(({ called, name, node, process }) => {
      const result = node.extensions.outputs.find((mapping) => plainName(mapping) === 'outcome');
      if (result === undefined) return [];
      return conditionsOf(process)
        .filter(
          (condition) => namesIn(feel({ ...result, source: condition })).join() === result.target,
        )
        .flatMap((condition) => [...condition.matchAll(/"([^"]+)"/g)].map(([, word]) => word ?? ''))
        .map((word) => ({ word, name, isOne: called.description.outcomes[word] !== undefined }));
    });
    expect(told.length).toBeGreaterThan(3);
    expect(told.filter(({ isOne }) => !isOne)).toEqual([]);
  });
});

/** What has to be there: `get or else(score, null)` reads nothing for certain. */
const certainlyRead = (source: string): readonly string[] =>
  namesIn(source.replaceAll(/get or else\(\w+, [^()]*\)/g, 'null'));

/** The kind of a key by its FEEL: `=posting.customerId + ":" + posting.currency` is `customerId:currency`. */
function kindOf(key: string): string {
  const first = key.replace(/^=/, '').replaceAll(/get or else\(([^,]+),[^()]*\)/g, '$1');
  const parts = first.split('+').map((part) => part.trim());
  const words = parts
    .filter((part) => !part.startsWith('"'))
    .map((part) => part.split('.').at(-1) ?? part);
  return words.map((word) => ALIASES[word] ?? word).join(':');
}

/** The kinds of a key: `=if … then A else B` has those of both. */
function kindsOf(key: string): readonly string[] {
  const either = /^=if .* then (.*) else (.*)$/.exec(key);
  return either ? either.slice(1).map(kindOf) : [kindOf(key)];
}

const isMatch = (thrown: string | null, awaited: string | null): boolean =>
  awaited === null || kindsOf(awaited).includes(kindOf(thrown ?? ''));

const named = (isThrown: boolean): readonly string[] => [
  ...new Set(
    library.messages.filter((one) => one.isThrown === isThrown).map(({ message }) => message),
  ),
];

describe('messages between packages', () => {
  test('that are waited for are thrown here, or come from somebody outside', () => {
    const thrown = named(true);
    const alone = named(false).filter((message) => !thrown.includes(message));
    expect(alone.sort()).toEqual(Object.keys(FROM_OUTSIDE).sort());
  });

  test('that are thrown are waited for here, or are for somebody outside', () => {
    const awaited = named(false);
    const alone = named(true).filter((message) => !awaited.includes(message));
    expect(alone.sort()).toEqual(Object.keys(FOR_OUTSIDE).sort());
  });

  test('are thrown with a key', () => {
    const keyless = library.messages.filter(({ isThrown, key }) => isThrown && key === null);
    expect(keyless.map(({ name }) => name)).toEqual([]);
  });

  test('are matched by one kind of key', () => {
    for (const message of new Set([...named(true), ...named(false)])) {
      const places = library.messages.filter((one) => one.message === message);
      const kinds = new Set(places.flatMap(({ key }) => (key === null ? [] : kindsOf(key))));
      const { kinds: allowed } = MANY_KEYS[message] ?? { kinds: [...kinds].slice(0, 1) };
      expect([message, [...kinds].sort()]).toEqual([message, allowed]);
    }
  });

  test('that start a package carry what it takes, all that is required', () => {
    const problems = library.messages
      .filter(({ isThrown }) => isThrown)
      .flatMap((thrown) =>
        library.messages
          .filter(({ isStart, message }) => isStart && message === thrown.message)
          .filter((start) => start.process.id === start.package.key)
          .flatMap((start) => misfits(thrown, start.package)),
      );
    expect(problems).toEqual([]);
  });

  test('carry what is read of them', () => {
    const problems = library.messages
      .filter(({ isThrown }) => !isThrown)
      .flatMap(({ key, name, message, node, process, package: own }) => {
        const made = library.places
          .filter((place) => place.process === process && place.node !== node)
          .flatMap((place) => place.node.extensions.outputs.map(({ target }) => target));
        const throwers = library.messages.filter(
          (one) => one.isThrown && one.message === message && isMatch(one.key, key),
        );
        const read = node.extensions.outputs.flatMap((mapping) => certainlyRead(feel(mapping)));
        return throwers.flatMap((thrower) =>
          read
            .filter((one) => own.declared[one] === undefined && !made.includes(one))
            .filter((one) => !thrower.node.extensions.inputs.some(({ target }) => target === one))
            .map((one) => `${name} reads ${one}, which ${thrower.name} does not carry`),
        );
      });
    expect(problems).toEqual([]);
  });
});

describe('processes that run under the operator', () => {
  const isPlain = (data: string | undefined): boolean => data === 'N' || data === 'I';

  /** The packages that a call or a message starts. */
  const takers = (name: string): readonly Package[] => [
    ...calls().flatMap((call) => (call.name === name ? [call.called] : [])),
    ...library.messages.flatMap((thrown) =>
      thrown.name === name && thrown.isThrown
        ? library.messages.flatMap((start) =>
            start.isStart && start.message === thrown.message ? [start.package] : [],
          )
        : [],
    ),
  ];

  test('hand over ids alone, in calls and in messages', () => {
    const places = [
      ...library.places.filter(({ node }) => node.tag === 'callActivity'),
      ...library.messages.filter(({ isThrown }) => isThrown),
    ].filter(({ package: own }) => own.description.runsUnder === 'operator');
    const problems = places.flatMap(({ name, node }) =>
      takers(name).flatMap(({ key, description }) =>
        node.extensions.inputs
          .filter(({ target }) => !isPlain(description.variables[target]?.class ?? 'N'))
          .map(({ target }) => `${name} hands ${target} to ${key}`),
      ),
    );
    expect(places.length).toBeGreaterThan(5);
    expect(problems).toEqual([]);
  });

  test('take back ids, dates and counts alone', () => {
    const problems = calls()
      .filter(({ package: own }) => own.description.runsUnder === 'operator')
      .flatMap(({ called, name, node }) =>
        node.extensions.outputs.flatMap((mapping) => {
          // How many there are says nothing of what they are.
          const source = feel(mapping).replaceAll(/count\(get or else\(\w+, \[\]\)\)/g, '0');
          return namesIn(source)
            .filter((read) => called.description.output.includes(read))
            .filter((read) => !isPlain(called.declared[read]?.class))
            .map((read) => `${name} takes ${read} of ${called.key}`);
        }),
      );
    expect(problems).toEqual([]);
  });
});

describe('forms and decisions', () => {
  test('have names of their own, for who deploys packages together', () => {
    const names = ['form', 'dmn'].flatMap((extension) =>
      library.packages.flatMap(({ key }) => filesOf(key, extension)),
    );
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});

describe('people', () => {
  test('of every lane are a role of its package', () => {
    const strange = library.processes.flatMap(({ package: own, process }) =>
      process.lanes
        .filter(({ name }) => own.description.roles[name ?? ''] === undefined)
        .map(({ name }) => `${process.id}: ${name}`),
    );
    expect(strange).toEqual([]);
  });

  test('are called the same in all packages', () => {
    const titles = library.packages.flatMap(({ key, description }) =>
      Object.entries(description.roles).map(([role, title]) => ({ key, role, title })),
    );
    for (const role of new Set(titles.map((one) => one.role))) {
      const all = titles.filter((one) => one.role === role);
      const words = new Set(all.map(({ title }) => `${title.en} | ${title['pt-BR']}`));
      expect([role, [...words]]).toEqual([role, [[...words][0]]]);
    }
  });

  test('who answer for a package are one of its roles', () => {
    const strange = library.packages.filter(
      ({ description }) => description.roles[description.owner] === undefined,
    );
    expect(strange.map(({ key }) => key)).toEqual([]);
  });
});

describe('service tasks', () => {
  const used = () =>
    new Set(library.places.flatMap(({ node }) => node.extensions.taskDefinition?.type ?? []));

  test('are served', () => {
    const served = new Set(SIDE_EFFECT_TYPES);
    expect([...used()].filter((type) => !served.has(type))).toEqual([]);
  });

  test('are used, or are for designers', () => {
    const types = used();
    const alone = SIDE_EFFECT_TYPES.filter((type) => !types.has(type));
    expect([...alone].sort()).toEqual(Object.keys(FOR_DESIGNERS).sort());
  });
});
