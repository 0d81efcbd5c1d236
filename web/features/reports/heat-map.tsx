import { SegmentedControl, Stack } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import type { ReportElements } from '../../../contracts/reports.js';
import { figureText } from '../../../reports/text.js';
import { REPORT_WORDS } from '../../../reports/words.js';
import { useDefinitions, useXml } from '../../api/definitions.js';
import { useProcessNames } from '../../api/process-names.js';
import { Diagram, type Heat } from '../../parts/diagram/diagram.js';
import { Loaded } from '../../parts/loaded.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { REPORTS_TEXTS } from './texts.js';
import { HEATS, type ReportView } from './view.js';

/** Counts or durations on the diagram of the version that is looked at, else of the newest. */
export function HeatMap({
  process,
  version,
  elements,
  heat: name,
  choose,
}: {
  readonly process: string;
  readonly version: number | undefined;
  readonly elements: ReportElements;
  readonly heat: NonNullable<ReportView['heat']>;
  readonly choose: (heat: ReportView['heat']) => void;
}): ReactNode {
  const say = useTexts(REPORTS_TEXTS);
  const called = useProcessNames();
  const locale = useLocale();
  const definitions = useDefinitions();
  const definition = (definitions.data ?? []).find(
    (one) =>
      one.processDefinitionId === process && (version === undefined || one.version === version),
  );
  const xml = useXml(definition?.processDefinitionKey ?? null);
  const heat = useMemo(() => heatOf(elements, name, locale), [elements, name, locale]);
  return (
    <Stack gap="xs">
      <SegmentedControl
        className="app-no-print"
        aria-label={say('heatShown')}
        value={name}
        data={HEATS.map((one) => ({ value: one, label: REPORT_WORDS[locale][one] }))}
        onChange={(value) => choose(HEATS.find((one) => one === value))}
      />
      <Loaded query={xml}>
        {(text) => (
          <Diagram
            xml={text}
            label={say('diagram', { name: called(process, definition?.name) })}
            heat={heat}
            selected={null}
            onSelect={() => {}}
          />
        )}
      </Loaded>
    </Stack>
  );
}

function heatOf(
  { items }: ReportElements,
  name: NonNullable<ReportView['heat']>,
  locale: 'en' | 'pt-BR',
): ReadonlyMap<string, Heat> {
  const all = items.flatMap(({ elementId, figures }) => {
    const { value } = figures[name];
    return value === null || value === 0 ? [] : [[elementId, value] as const];
  });
  const most = Math.max(1, ...all.map(([, value]) => value));
  return new Map(
    all.map(([elementId, value]) => [
      elementId,
      { text: figureText(name, value, locale), share: value / most },
    ]),
  );
}
