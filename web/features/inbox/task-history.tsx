/** What happened to a task and who did it, with remarks; and why it is due then. */
import { Button, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { WholeTask } from '../../../contracts/tasks.js';
import { useWorks } from '../../api/works.js';
import { useNotice } from '../../parts/notices.js';
import { Time } from '../../parts/time.js';
import { useTexts } from '../../texts/texts.js';
import { doTo, TASKS } from './asking.js';
import { Crossed } from './meanwhile.js';
import { useSentence } from './sentence.js';
import { TASK_TEXTS } from './task-texts.js';

/** The list, and a place to remark. */
export function TaskHistory({ whole }: { readonly whole: WholeTask }): ReactNode {
  const say = useTexts(TASK_TEXTS);
  const sentence = useSentence();
  const works = useWorks();
  return (
    <section aria-labelledby="history">
      <Title order={2} size="h4" id="history" mb="xs">
        {say('history')}
      </Title>
      <Stack gap="xs">
        {whole.history.map((one) => (
          <div key={`${one.at} ${one.kind}`}>
            <Text size="sm">
              {sentence(one)} · <Time at={one.at} />
            </Text>
            {one.text && (
              <Text size="sm" c="dimmed">
                {one.text}
              </Text>
            )}
          </div>
        ))}
        {works && whole.task.state === 'CREATED' && <Remark taskKey={whole.task.taskKey} />}
      </Stack>
    </section>
  );
}

function Remark({ taskKey }: { readonly taskKey: string }): ReactNode {
  const say = useTexts(TASK_TEXTS);
  const tell = useNotice();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const remark = useMutation({
    mutationFn: () => doTo(taskKey, { path: '/comments', body: { text } }),
    onSuccess: () => {
      setText('');
      tell('good', say('commented'));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: TASKS }),
  });
  return (
    <Stack gap="xs" align="flex-start">
      {remark.error && <Crossed error={remark.error} />}
      <Textarea
        label={say('comment')}
        description={say('commentAbout')}
        autosize
        w="100%"
        maxLength={2000}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Button
        size="xs"
        variant="default"
        disabled={text.trim() === ''}
        loading={remark.isPending}
        onClick={() => remark.mutate()}
      >
        {say('commentIt')}
      </Button>
    </Stack>
  );
}
