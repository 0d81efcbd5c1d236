/** What differs between two versions of a decision, in words: its rules and their cells. */
import { List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/texts.js';
import { CHANGE_SIGNS, type FileDiff } from './change-signs.js';
import { DECISION_DIFF_TEXTS } from './decision-diff-texts.js';

type Decision = NonNullable<FileDiff['decisions']>[number];
type Rule = Decision['rules'][number];
type Column = Decision['columns'][number];

/** All decisions of a file that differ. */
export function DecisionDiff({
  decisions,
}: {
  readonly decisions: readonly Decision[];
}): ReactNode {
  const say = useTexts(DECISION_DIFF_TEXTS);
  if (decisions.length === 0) return <Text size="sm">{say('decidesTheSame')}</Text>;
  return (
    <Stack gap="sm">
      {decisions.map((decision) => {
        const name = decision.name ?? decision.decisionId;
        return (
          <section key={decision.decisionId} aria-label={name}>
            <Text size="sm" fw={600}>
              {CHANGE_SIGNS[decision.kind]} {say(`decision_${decision.kind}`, { name })}
            </Text>
            <List size="sm" listStyleType="none" spacing={4} className="designer-path">
              <Properties properties={decision.properties} />
              {decision.columns.map((column, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns may be called the same, and do not change.
                <ColumnItem key={index} column={column} />
              ))}
              {decision.rules.map((rule) => (
                <RuleItem key={`${rule.before} ${rule.after}`} rule={rule} />
              ))}
            </List>
          </section>
        );
      })}
    </Stack>
  );
}

function ColumnItem({
  column: { kind, column, properties },
}: {
  readonly column: Column;
}): ReactNode {
  const say = useTexts(DECISION_DIFF_TEXTS);
  return (
    <List.Item>
      {CHANGE_SIGNS[kind]} {say(`column_${kind}`, { name: column })}
      <List size="sm" pl="lg" listStyleType="none">
        <Properties properties={properties} />
      </List>
    </List.Item>
  );
}

const FACTS = ['name', 'hitPolicy', 'expression', 'label', 'type', 'values', 'variable'] as const;

/** What is told of a decision or a column, each by what it is called. */
function Properties({ properties }: Pick<Column, 'properties'>): ReactNode {
  const say = useTexts(DECISION_DIFF_TEXTS);
  return properties.map(({ path, before, after }) => {
    const fact = FACTS.find((one) => one === path) ?? 'otherwise';
    return (
      <List.Item key={path}>
        <Was name={say(`fact_${fact}`)} before={before} after={after} />
      </List.Item>
    );
  });
}

function RuleItem({
  rule: { kind, before, after, about, aboutBefore, cells },
}: {
  readonly rule: Rule;
}): ReactNode {
  const say = useTexts(DECISION_DIFF_TEXTS);
  const no = after ?? before ?? 0;
  return (
    <List.Item>
      {CHANGE_SIGNS[kind]} <strong>{say(`rule_${kind}`, { no, before: before ?? 0 })}</strong>
      {about !== null && ` (${about})`}
      <List size="sm" pl="lg" listStyleType="none">
        {aboutBefore !== null && (
          <List.Item>
            <Was name={say('about')} before={aboutBefore} after={about} />
          </List.Item>
        )}
        {cells.map((cell, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns may be called the same, and do not change.
          <List.Item key={index}>
            <Was
              name={cell.column}
              before={cell.before}
              after={cell.after}
              isCell
              isWhole={kind === 'added' || kind === 'removed'}
            />
          </List.Item>
        ))}
      </List>
    </List.Item>
  );
}

/** One thing before and after, in a sentence; of what came or went, what there is of it. */
function Was({
  name,
  before,
  after,
  isCell = false,
  isWhole = false,
}: {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly isCell?: boolean;
  /** Whether it came or went as a whole. */
  readonly isWhole?: boolean;
}): ReactNode {
  const say = useTexts(DECISION_DIFF_TEXTS);
  const shown = (text: string | null): string => {
    if (text === null || text.trim() === '') return say('nothing');
    return isCell && text.trim() === '-' ? say('anything') : text;
  };
  if (isWhole) return `${name}: ${shown(after ?? before)}`;
  return say('wasNow', { name, before: shown(before), after: shown(after) });
}
