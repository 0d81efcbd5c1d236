/** A task that somebody delegated: whoever has it looks into it and returns it, and its owner completes it. */
import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useKeys } from '../../app/keys.js';
import { useTexts } from '../../texts/texts.js';
import type { ReadTask } from './asking.js';
import { Refused } from './hand-on/refused.js';
import { useHandOn } from './hand-on/use-hand-on.js';
import { TASK_TEXTS } from './task-texts.js';

/** What is said to the owner, and the act. */
export function Delegated({
  whole,
  owner,
}: {
  readonly whole: ReadTask;
  readonly owner: string;
}): ReactNode {
  const say = useTexts(TASK_TEXTS);
  const [reason, setReason] = useState('');
  const back = useHandOn(whole);
  const giveBack = (): void =>
    back.mutate({
      ...{ path: '/return', body: { reason: reason.trim() || null } },
      told: say('returned', { who: owner }),
    });
  useKeys(say('title'), [{ keys: 'b', text: say('returnIt', { who: owner }), act: giveBack }]);
  return (
    <Stack>
      <Refused error={back.error} />
      <Text size="sm">{say('delegatedAbout', { who: owner })}</Text>
      <Textarea
        label={say('returnWords', { who: owner })}
        description={say('returnWordsAbout')}
        autosize
        maxLength={2000}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <Group>
        <Button loading={back.isPending} onClick={giveBack}>
          {say('returnIt', { who: owner })}
        </Button>
      </Group>
    </Stack>
  );
}
