import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { Diagram, type Standing } from '../../../parts/diagram/diagram.js';
import { ProblemAlert } from '../../../parts/problem-alert.js';
import { useTexts } from '../../../texts/texts.js';
import {
  type ActOutcome,
  actOn,
  type Definition,
  KEYS,
  type WholeInstance,
} from '../instances-api.js';
import { Reason } from '../reason-dialog.js';
import { useAct } from '../use-act.js';
import { elementsIn } from './elements.js';
import { type Choices, instructionsOf, type Place, placesOf } from './mapping.js';
import { Places } from './places.js';
import { MigrationPreview } from './preview.js';
import { MIGRATION_TEXTS } from './texts.js';

/** Where everything goes in one version, what that does as of now, and the way to do it. */
export function Plan({
  instance,
  target: { version: to },
  xmlBefore,
  xmlAfter,
  close,
}: {
  readonly instance: WholeInstance;
  readonly target: Definition;
  readonly xmlBefore: string;
  readonly xmlAfter: string;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(MIGRATION_TEXTS);
  const { processInstanceKey: key } = instance;
  const [choices, setChoices] = useState<Choices>({});
  const [turn, setTurn] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const before = useMemo(() => elementsIn(xmlBefore), [xmlBefore]);
  const after = useMemo(() => elementsIn(xmlAfter), [xmlAfter]);
  const places = useMemo(
    () => placesOf(instance, before, after, choices),
    [instance, before, after, choices],
  );
  const wanted = { kind: 'migrate', version: to, mappings: instructionsOf(places) };
  const trial = useMigrationTrial(key, wanted);
  const act = useAct(key, say('done', { to }), close);
  const preview = trial.data?.migration ?? null;
  const choose = (elementId: string, target: string): void =>
    setChoices({ ...choices, [elementId]: target });
  return (
    <>
      <Stack gap={4}>
        <Title order={2} size="h4">
          {say('places')}
        </Title>
        <Text size="sm" c="dimmed">
          {say('placesAbout')}
        </Text>
      </Stack>
      <Places {...{ places, to, choose }} onTurn={setTurn} />
      {trial.error && <ProblemAlert error={trial.error} />}
      {trial.isFetching && (
        <Group gap="xs" role="status">
          <Loader size="xs" />
          <Text size="sm">{say('looking')}</Text>
        </Group>
      )}
      {preview && <MigrationPreview {...{ preview, to, before, after }} />}
      <Drawn {...{ instance, to, places, turn, choose }} xml={xmlAfter} />
      <Reason reason={reason} setReason={setReason} />
      {act.error && <ProblemAlert error={act.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {say('close')}
        </Button>
        <Button
          disabled={preview === null || preview.problems.length > 0}
          loading={act.isPending}
          onClick={() => act.mutate({ act: wanted, reason })}
        >
          {say('migrate')}
        </Button>
      </Group>
    </>
  );
}

/** What the plan as it stands would do. Asked whenever it is another; the audit keeps that somebody looked. */
const useMigrationTrial = (key: string, wanted: object): UseQueryResult<ActOutcome> =>
  useQuery({
    queryKey: [...KEYS.one(key), 'migration', wanted],
    queryFn: () => actOn(key, { ...wanted, isDryRun: true }, ''),
    // The instance may have moved on since the same plan was looked at.
    ...{ gcTime: 0, staleTime: Number.POSITIVE_INFINITY, retry: false },
  });

/** The other version with where everything goes: an element of the same kind is chosen for the line that is worked on. */
function Drawn({
  instance: { name, processDefinitionId },
  xml,
  to,
  places,
  turn,
  choose,
}: {
  readonly instance: WholeInstance;
  readonly xml: string;
  readonly to: number;
  readonly places: readonly Place[];
  readonly turn: string | null;
  readonly choose: (elementId: string, target: string) => void;
}): ReactNode {
  const say = useTexts(MIGRATION_TEXTS);
  const standing = useMemo(
    () =>
      new Map<string, Standing>(
        places.flatMap(({ target, hasToken }) =>
          target !== null && hasToken ? [[target, { active: 1, incidents: 0, done: 0 }]] : [],
        ),
      ),
    [places],
  );
  const current = places.find(({ element }) => element.elementId === turn) ?? places[0];
  if (!/<(?:\w+:)?BPMNShape\b/.test(xml)) return <Text size="sm">{say('notDrawn', { to })}</Text>;
  return (
    <Stack gap={4}>
      {current && (
        <Text size="sm" c="dimmed">
          {say('turn', { to, name: current.element.name ?? current.element.elementId })}
        </Text>
      )}
      <Diagram
        xml={xml}
        label={say('diagram', { to, name: name ?? processDefinitionId })}
        standing={standing}
        hasOutline={false}
        selected={current?.target ?? null}
        onSelect={(id) => {
          const isAlike = current?.targets.some(({ elementId }) => elementId === id);
          if (current && isAlike) choose(current.element.elementId, id);
        }}
      />
    </Stack>
  );
}
