/** Who was first: why something was not done to a task, with who did what to it meanwhile, and when. */
import { Alert, List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Happening } from '../../../contracts/tasks.js';
import { ApiProblem } from '../../api/problem.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { timeOf } from '../../parts/time.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { useSentence } from './sentence.js';
import { TASK_TEXTS } from './task-texts.js';

/** A refusal: with what came first, where the server knows of it. */
export function Crossed({ error }: { readonly error: Error }): ReactNode {
  const say = useTexts(TASK_TEXTS);
  const isOfApi = error instanceof ApiProblem;
  if (!isOfApi || error.meanwhile.length === 0) return <ProblemAlert error={error} />;
  const isOver = error.code === 'TASK_UNKNOWN' || error.code.startsWith('INSTANCE_');
  return (
    <Alert
      color={isOver ? 'red' : 'yellow'}
      title={say(isOver ? 'tooLate' : 'changed')}
      role="alert"
    >
      <Meanwhile happened={error.meanwhile} />
      {!isOver && <Text size="sm">{say('changedAbout')}</Text>}
    </Alert>
  );
}

/** What was done, one after the other, each with its time. */
export function Meanwhile({ happened }: { readonly happened: readonly Happening[] }): ReactNode {
  const say = useTexts(TASK_TEXTS);
  const locale = useLocale();
  const sentence = useSentence();
  return (
    <List size="sm" mb={4}>
      {happened.map((one) => (
        <List.Item key={`${one.at} ${one.kind}`}>
          <Text size="sm" fw={600}>
            {say('didAt', { did: sentence(one), when: timeOf(one.at, locale) })}
          </Text>
          {one.text && <Text size="sm">{one.text}</Text>}
        </List.Item>
      ))}
    </List>
  );
}
