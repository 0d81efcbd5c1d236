/** What is completed in expressions, with what stands beside it. */
import { builtinNamed } from '../../../../engine/expressions/builtins.js';
import type { RawComponent } from '../../../../engine/model/index.js';
import { formIn } from '../play/example.js';
import type { Moddle } from '../timers/timer-model.js';
import { FUNCTIONS } from './functions.js';
import { variablesAt } from './variables-at.js';

/** A word as the field of an expression takes it. */
export interface FeelWord {
  readonly name: string;
  readonly info: string;
  readonly detail?: string;
  readonly type?: 'function';
  readonly params?: readonly { readonly name: string }[];
}

/** Words of a draft. */
export interface FeelWords {
  readonly functions: () => readonly FeelWord[];
  readonly variables: (element: Moddle) => Promise<readonly FeelWord[]>;
}

/** How words are said. */
export interface FeelSaying {
  readonly locale: 'en' | 'pt-BR';
  readonly writtenIn: (places: string) => string;
  readonly declared: string;
}

/** Names of parameters as they are given: `...list` may be given more than once. */
export const parametersOf = (name: string): readonly string[] =>
  builtinNamed(name)?.parameters ?? OF_FORMS[name] ?? [];

/** Two are no functions by themselves, and are written as such. */
const OF_FORMS: Readonly<Record<string, readonly string[]>> = {
  ...{ 'get or else': ['value', 'default'], 'is defined': ['value'] },
};

/** Makes them. @param texts - the files as they are when it is asked */
export function feelWords(
  texts: () => Readonly<Record<string, string>>,
  { locale, writtenIn, declared }: FeelSaying,
): FeelWords {
  return {
    functions: () =>
      Object.entries(FUNCTIONS)
        .filter(([name]) => name !== '@')
        .map(([name, { about, example }]) => ({
          ...{ name, type: 'function' as const, info: `${about[locale]}\n\n${example}` },
          params: parametersOf(name).map((one) => ({ name: one })),
        })),
    variables: async (element) => {
      const described = await declarationsIn(texts());
      const fieldsOf = (formId: string) => keysIn(formIn(texts(), formId) ?? {});
      return variablesAt(element, { declared: Object.keys(described), fieldsOf }).map(
        ({ name, writtenBy }) => {
          const { type, title } = described[name] ?? {};
          const info = writtenBy.length > 0 ? writtenIn(writtenBy.join(', ')) : declared;
          return {
            ...{ name, info: [title?.[locale], info].filter(Boolean).join('\n\n') },
            ...(type !== undefined && { detail: type }),
          };
        },
      );
    },
  };
}

interface Declaration {
  readonly type?: string;
  readonly title?: Readonly<Record<string, string>>;
}

/** Variables of `process.yaml`; none while it cannot be read. */
async function declarationsIn(
  texts: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, Declaration>>> {
  const { parse } = await import('yaml');
  try {
    const described: { readonly variables?: Record<string, Declaration> } | null = parse(
      texts['process.yaml'] ?? '',
    );
    return described?.variables ?? {};
  } catch {
    return {};
  }
}

function keysIn({ key, components }: RawComponent): readonly string[] {
  const inner = Array.isArray(components) ? (components as readonly RawComponent[]) : [];
  return [...(typeof key === 'string' ? [key] : []), ...inner.flatMap(keysIn)];
}
