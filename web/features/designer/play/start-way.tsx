/** How a play starts: by the form that people start the process by, as what was chosen starts it, or as JSON. */
import { Loader, SegmentedControl, Stack, Text } from '@mantine/core';
import { lazy, type ReactNode, type RefObject, Suspense, useMemo } from 'react';
import { localizeForm } from '../../../../engine/forms/localize.js';
import type { RawComponent } from '../../../../engine/model/index.js';
import type { FormHandle } from '../../../parts/form/task-form.js';
import { useLocale, useTexts } from '../../../texts/texts.js';
import { DESIGNER_TEXTS } from '../texts.js';
import { JsonField } from './json-field.js';
import { besideForm, readStart, startWith, type WrittenStart } from './starts.js';
import { PLAY_TEXTS } from './texts.js';

const TaskForm = lazy(async () => {
  const { TaskForm: default_ } = await import('../../../parts/form/task-form.js');
  return { default: default_ };
});

/** The ways. */
export type Way = 'form' | 'sample' | 'json';

interface StartWayProps {
  /** Ways that there are here. */
  readonly ways: readonly Way[];
  readonly way: Way;
  readonly choose: (way: Way) => void;
  /** The form by which people start it; null: there is none. */
  readonly schema: RawComponent | null;
  /** The start as JSON. */
  readonly start: string;
  readonly change: (start: string) => void;
  /** Grows where the form is to show another start. */
  readonly turn: number;
  readonly handle: RefObject<FormHandle | null>;
}

/** Asks for it. */
export function StartWay({ ways, way, choose, ...shown }: StartWayProps): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const sayPlay = useTexts(PLAY_TEXTS);
  const labels = { form: say('byForm'), sample: sayPlay('asChosen'), json: 'JSON' };
  const { schema, start, change } = shown;
  return (
    <Stack gap="xs" component="section" aria-label={sayPlay('howItStarts')}>
      <Text size="sm" fw={600}>
        {sayPlay('howItStarts')}
      </Text>
      {ways.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label={sayPlay('howItStarts')}
          data={ways.map((value) => ({ value, label: labels[value] }))}
          value={way}
          onChange={(value) => choose(value as Way)}
        />
      )}
      {way === 'form' && schema && <ByForm {...shown} schema={schema} />}
      {way === 'sample' && <AsChosen start={readStart(start)} />}
      {way === 'json' && (
        <>
          {ways.length === 1 && (
            <Text size="xs" c="dimmed">
              {sayPlay('noStartForm')}
            </Text>
          )}
          <JsonField
            label={say('startAct')}
            value={start}
            onChange={change}
            minRows={3}
            maxRows={10}
          />
        </>
      )}
    </Stack>
  );
}

function ByForm({
  schema,
  start,
  change,
  turn,
  handle,
}: Pick<StartWayProps, 'start' | 'change' | 'turn' | 'handle'> & {
  readonly schema: RawComponent;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const sayPlay = useTexts(PLAY_TEXTS);
  const locale = useLocale();
  const localized = useMemo(() => localizeForm(schema, locale), [schema, locale]);
  const variables = readStart(start)?.variables ?? {};
  const beside = besideForm(schema, variables);
  const names = Object.keys(beside);
  return (
    <>
      <Suspense fallback={<Loader size="sm" aria-label={say('byForm')} />}>
        {/* Drawn anew where another start is to be shown, or the form was changed. */}
        <TaskForm
          key={`${turn} ${JSON.stringify(localized)}`}
          schema={localized}
          variables={NOTHING}
          draft={variables}
          isReadOnly={false}
          changed={(typed) => change(startWith({ ...beside, ...typed }))}
          handle={handle}
        />
      </Suspense>
      {names.length > 0 && (
        <Text size="xs" c="dimmed">
          {sayPlay('besideForm', { names: names.join(', ') })}
        </Text>
      )}
    </>
  );
}

const NOTHING = {};

/** In words: people who do not program choose it without having to read it. */
function AsChosen({ start }: { readonly start: WrittenStart | null }): ReactNode {
  const sayPlay = useTexts(PLAY_TEXTS);
  const { trigger = null, name = '', variables = {} } = start ?? {};
  const names = Object.keys(variables).join(', ');
  return (
    <Text size="sm">
      {sayPlay(`starts_${trigger ?? 'none'}`, { name })}{' '}
      {names !== '' && sayPlay('startGives', { names })}
    </Text>
  );
}
