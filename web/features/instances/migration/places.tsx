/** Where everything goes: a line for each, with what it may be in the other version. */
import { Badge, Group, Select, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useKindName } from '../../../parts/diagram/use-kind-name.js';
import { useTexts } from '../../../texts/texts.js';
import type { VersionElement } from './elements.js';
import type { Place } from './mapping.js';
import { MIGRATION_TEXTS } from './texts.js';

/** Shows them. `onTurn` hears which line is worked on: the diagram chooses for it. */
export function Places({
  places,
  to,
  choose,
  onTurn,
}: {
  readonly places: readonly Place[];
  readonly to: number;
  readonly choose: (elementId: string, target: string) => void;
  readonly onTurn: (elementId: string) => void;
}): ReactNode {
  const say = useTexts(MIGRATION_TEXTS);
  const groups = [
    ['token', places.filter(({ hasToken }) => hasToken)],
    ['event', places.filter(({ hasToken }) => !hasToken)],
  ] as const;
  return (
    <Stack gap="sm">
      {places.length === 0 && <Text size="sm">{say('nowhere')}</Text>}
      {groups.map(
        ([title, rows]) =>
          rows.length > 0 && (
            <Stack key={title} gap="xs" component="section" aria-label={say(title)}>
              <Text size="sm" c="dimmed">
                {say(title)}
              </Text>
              {rows.map((place) => (
                <Line key={place.element.elementId} {...{ place, to, choose, onTurn }} />
              ))}
            </Stack>
          ),
      )}
    </Stack>
  );
}

function Line({
  place: { element, hasToken, targets, target },
  to,
  choose,
  onTurn,
}: {
  readonly place: Place;
  readonly to: number;
  readonly choose: (elementId: string, target: string) => void;
  readonly onTurn: (elementId: string) => void;
}): ReactNode {
  const say = useTexts(MIGRATION_TEXTS);
  const kindName = useKindName();
  const { elementId, kind } = element;
  const isSame = target === elementId;
  return (
    <Select
      label={
        <Group gap={6} component="span" display="inline-flex">
          <span>{`${nameOf(element)} (${kindName(kind)})`}</span>
          {target !== null && (
            <Badge size="sm" variant="light" color={isSame ? 'gray' : 'jornada'} tt="none">
              {say(isSame ? 'same' : 'other')}
            </Badge>
          )}
        </Group>
      }
      aria-label={say('target', { name: nameOf(element) })}
      description={targets.length === 0 ? say('noneAlike', { to }) : undefined}
      placeholder={say(hasToken ? 'noTarget' : 'noEvent')}
      searchable
      allowDeselect={false}
      disabled={targets.length === 0}
      data={targets.map((one) => ({ value: one.elementId, label: labelOf(one) }))}
      value={target}
      onFocus={() => onTurn(elementId)}
      onChange={(value) => value !== null && choose(elementId, value)}
    />
  );
}

const nameOf = ({ name, elementId }: VersionElement): string => name ?? elementId;

/** Two may have the same name: the id tells them apart. */
const labelOf = ({ name, elementId }: VersionElement): string =>
  name === null || name === elementId ? elementId : `${name} · ${elementId}`;
