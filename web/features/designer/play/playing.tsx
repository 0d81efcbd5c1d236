import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import type { Played, PlayShown } from '../../../../contracts/designer.js';
import { Loaded } from '../../../parts/loaded.js';
import { useTexts } from '../../../texts/texts.js';
import { KEYS, play, type Script } from '../api.js';
import type { Painting } from '../draft-page.js';
import type { Files } from '../saving.js';
import { DESIGNER_TEXTS } from '../texts.js';
import { Keeping } from './keeping.js';
import type { Act, Rewind } from './script.js';
import { Standing } from './standing.js';

interface PlayingProps {
  readonly draftId: string;
  readonly files: Files;
  readonly paint: (painting: Painting | null) => void;
  readonly isReadOnly: boolean;
  readonly script: Script;
  readonly rewind: Rewind;
}

/** A play that has begun: where it stands by its script, and the way back. */
export function Playing({
  draftId,
  files,
  paint,
  isReadOnly,
  script,
  rewind,
}: PlayingProps): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const query = useQuery({
    queryKey: [...KEYS.draft(draftId), 'play', files.saves, script],
    queryFn: ({ signal }) => play(draftId, script, signal),
    placeholderData: keepPreviousData,
  });
  const shown = query.data?.play ?? null;
  // What could not be done is no part of the play any more when something else is done.
  const taken = (query.isPlaceholderData ? null : shown?.problem?.act) ?? script.acts.length;
  const act: Act = (one) => rewind([...script.acts.slice(0, taken), one]);
  useEffect(() => {
    paint(shown && paintingOf(shown));
  }, [shown, paint]);
  useEffect(() => () => paint(null), [paint]);
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => rewind([])}>
          {say('again')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<Undo2 size={14} aria-hidden />}
          onClick={() => rewind(script.acts.slice(0, -1))}
        >
          {say('back')}
        </Button>
      </Group>
      <Loaded query={query}>
        {(played: Played) =>
          played.play === null ? (
            <Alert color="red" title={say('cannotPlay')}>
              {played.findings.map(({ message }) => (
                <Text key={message} size="sm">
                  {message}
                </Text>
              ))}
            </Alert>
          ) : (
            <Standing {...{ shown: played.play, texts: files.texts, script, act, rewind }} />
          )
        }
      </Loaded>
      {!isReadOnly && shown && <Keeping draftId={draftId} files={files} script={script} />}
    </Stack>
  );
}

/** Tokens and what was reached, of all processes: ids of elements are of one model mostly. Class: pure. */
function paintingOf({ tokens, reached }: PlayShown): Painting {
  const counts: Record<string, number> = {};
  for (const { elementId } of tokens) counts[elementId] = (counts[elementId] ?? 0) + 1;
  const all = Object.values(reached).flatMap((one) => Object.keys(one));
  return { tokens: counts, reached: new Set(all), elements: null };
}
