import { Badge, Button, Paper, Progress, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { CircleCheck, CircleX } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import type { ScenarioReportRow } from '../../../contracts/designer.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { runScenarios } from './api.js';
import type { Painting } from './draft-page.js';
import type { Files } from './saving.js';
import { DESIGNER_TEXTS } from './texts.js';

/** Runs the scenarios of a draft, and paints on the diagram what they reach. */
export function ScenariosPanel({
  draftId,
  files,
  paint,
}: {
  readonly draftId: string;
  readonly files: Files;
  readonly paint: (painting: Painting | null) => void;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const run = useMutation({
    mutationFn: async () => {
      await files.settle();
      return runScenarios(draftId);
    },
    onSuccess: ({ coverage }) => paint(paintingOf(coverage)),
  });
  useEffect(() => () => paint(null), [paint]);
  const has = Object.keys(files.texts).some((path) => path.startsWith('scenarios/'));
  return (
    <Stack gap="xs">
      {has ? (
        <Button loading={run.isPending} onClick={() => run.mutate()}>
          {say('runAll')}
        </Button>
      ) : (
        <Text size="sm">{say('noScenarios')}</Text>
      )}
      {run.error && <ProblemAlert error={run.error} />}
      {run.data && <Report report={run.data} />}
    </Stack>
  );
}

function paintingOf(coverage: ScenarioReportRow['coverage']): Painting {
  return {
    tokens: {},
    reached: new Set(coverage.flatMap(({ reached }) => Object.keys(reached))),
    elements: new Set(coverage.flatMap(({ elements }) => elements)),
  };
}

function Report({ report }: { readonly report: ScenarioReportRow }): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const { runs, findings, coverage } = report;
  return (
    <>
      {coverage.map(({ processId, reached, elements }) => {
        const count = Object.keys(reached).length;
        const told = say('coverage', { reached: count, all: elements.length });
        return (
          <div key={processId}>
            <Text size="sm">
              {processId}: {told}
            </Text>
            <Progress.Root>
              <Progress.Section
                value={(100 * count) / Math.max(1, elements.length)}
                aria-label={`${processId}: ${told}`}
              />
            </Progress.Root>
          </div>
        );
      })}
      {findings.map(({ message }) => (
        <Text key={message} size="sm" c="red">
          {message}
        </Text>
      ))}
      {runs.map(({ file, name, ok, mismatches, refused, incidents }) => (
        <Paper key={`${file} ${name}`} withBorder p="xs" component="article" aria-label={name}>
          <Text size="sm">
            {ok ? (
              <CircleCheck size={14} aria-label={say('holds')} className="designer-good" />
            ) : (
              <CircleX size={14} aria-label={say('isBroken')} className="designer-error" />
            )}{' '}
            {name}
          </Text>
          {mismatches.map(({ at, expected, actual }) => (
            <Text key={at} size="xs" c="dimmed">
              {at}: {JSON.stringify(expected)} ≠ {JSON.stringify(actual)}
            </Text>
          ))}
          {!ok &&
            incidents.map(({ element, code, message }) => (
              <Text key={element + code} size="xs" c="dimmed">
                {element}: {code}: {message}
              </Text>
            ))}
          {refused.map((code) => (
            <Badge key={code} size="xs" color="red" variant="light">
              {code}
            </Badge>
          ))}
        </Paper>
      ))}
    </>
  );
}
