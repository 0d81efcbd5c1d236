/**
 * A decision as people read it: columns with what they are called, rules with a cell a column, and what stands beside them.
 * Class: pure. Source: DMN 1.3 §8.
 */
import type { DmnDecision, DmnTable, DmnText } from '../decisions/parse/model.js';

/** What is told of a decision or of a column, by its kind; absent: there is none. */
export type Facts = Readonly<Record<string, string | undefined>>;

/** A column; `key` is the same in both versions. */
export interface FlatColumn {
  readonly key: string;
  readonly label: string;
  readonly facts: Facts;
}

/** A rule. */
export interface FlatRule {
  /** Null: it has no id. */
  readonly id: string | null;
  readonly about: string | null;
  /** By the key of the column. */
  readonly cells: ReadonlyMap<string, string>;
}

/** A decision; one without a table has neither columns nor rules. */
export interface FlatDecision {
  readonly id: string;
  readonly name: string | null;
  readonly facts: Facts;
  readonly columns: readonly FlatColumn[];
  readonly rules: readonly FlatRule[];
}

/** Reads it. */
export function flatDecision({ id = '', name, decisionLogic }: DmnDecision): FlatDecision {
  if (decisionLogic?.$type !== 'dmn:DecisionTable') {
    const facts = { name, expression: decisionLogic?.text };
    return { id, name: name ?? null, facts, columns: [], rules: [] };
  }
  const table: DmnTable = decisionLogic;
  const { hitPolicy = 'UNIQUE', aggregation, input = [], output = [] } = table;
  const conditions = input.map((one): FlatColumn => {
    const { label, inputExpression, inputValues } = one;
    const expression = inputExpression?.text;
    const type = inputExpression?.typeRef;
    return {
      ...columnOf('input', one.id, label || expression),
      facts: { label, expression, type, values: inputValues?.text },
    };
  });
  const results = output.map((one): FlatColumn => {
    const { label, name: variable, typeRef, outputValues, defaultOutputEntry } = one;
    const facts = { label, variable, type: typeRef, values: outputValues?.text };
    return {
      ...columnOf('output', one.id, label || variable || name),
      facts: { ...facts, otherwise: defaultOutputEntry?.text },
    };
  });
  const columns = toldApart([...conditions, ...results]);
  return {
    ...{ id, name: name ?? null, columns },
    facts: { name, hitPolicy: [hitPolicy, aggregation].filter(Boolean).join(' ') },
    rules: rulesOf(table, columns.slice(0, conditions.length), columns.slice(conditions.length)),
  };
}

/**
 * Columns of one label are called by what they look at or give as well, and by their place where that is one thing too; those
 * without ids have keys of their own, so that no cell is taken for another's.
 */
function toldApart(columns: readonly FlatColumn[]): readonly FlatColumn[] {
  const labels = withPlaces(
    columns.map(({ label, facts }, index) => {
      const isShared = columns.some((one, at) => at !== index && one.label === label);
      const { expression, variable } = facts;
      // A sign and no word: it is read in every language.
      const own = expression || (variable ? `→ ${variable}` : '');
      return isShared && own !== '' && own !== label ? `${label} (${own})` : label;
    }),
  );
  const keys = withPlaces(columns.map(({ key }) => key));
  return columns.map((one, index) => {
    return { ...one, key: keys[index] ?? one.key, label: labels[index] ?? one.label };
  });
}

/** Names that were there before are followed by how often. */
function withPlaces(names: readonly string[]): readonly string[] {
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((one) => one === name).length;
    return before === 0 ? name : `${name} #${before + 1}`;
  });
}

function columnOf(side: string, id: string | undefined, label = ''): Omit<FlatColumn, 'facts'> {
  return { key: `${side} ${id || label}`, label };
}

function rulesOf(
  { rule = [] }: DmnTable,
  conditions: readonly FlatColumn[],
  results: readonly FlatColumn[],
): readonly FlatRule[] {
  const beside = (columns: readonly FlatColumn[], entries: readonly DmnText[] = []) =>
    columns.map(({ key }, index) => [key, entries[index]?.text ?? ''] as const);
  return rule.map(({ id, description, annotationEntry = [], inputEntry, outputEntry }) => ({
    id: id || null,
    about:
      [description, ...annotationEntry.map(({ text }) => text)].filter(Boolean).join('; ') || null,
    cells: new Map([...beside(conditions, inputEntry), ...beside(results, outputEntry)]),
  }));
}
