/** A task of a play, answered by its form as people will see it, or as JSON. */
import { Alert, Button, Group, Loader, SegmentedControl, Text } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useMemo, useRef, useState } from 'react';
import type { PlayShown } from '../../../../contracts/designer.js';
import { buttonsOf } from '../../../../engine/forms/buttons.js';
import { localizeForm } from '../../../../engine/forms/localize.js';
import type { RawComponent } from '../../../../engine/model/index.js';
import type { FormHandle } from '../../../parts/form/task-form.js';
import { exactly } from '../../../parts/time.js';
import { useLocale, useTexts } from '../../../texts/texts.js';
import { DESIGNER_TEXTS } from '../texts.js';
import { exampleIn, formIn } from './example.js';
import { JsonAnswer, Waiting } from './waiting.js';

const TaskForm = lazy(async () => {
  const { TaskForm: default_ } = await import('../../../parts/form/task-form.js');
  return { default: default_ };
});

/** What completes a task. */
export interface TaskCompletion {
  readonly action?: string;
  readonly variables: unknown;
}

interface TaskAnswerProps {
  readonly task: PlayShown['tasks'][number];
  /** Files of the draft. */
  readonly texts: Readonly<Record<string, string>>;
  /** Why what was last sent does not complete it; null: nothing was refused. */
  readonly refusal: string | null;
  readonly send: (completion: TaskCompletion) => void;
}

/** Shows it. A form that is not of this draft, as that of a process of another package, is answered as JSON. */
export function TaskAnswer({ task, texts, refusal, send }: TaskAnswerProps): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const locale = useLocale();
  const { elementId, name, formId, dueAt } = task;
  const schema = useMemo(() => {
    const found = formId === null ? null : formIn(texts, formId);
    return found && localizeForm(found, locale);
  }, [formId, texts, locale]);
  const [way, setWay] = useState('form');
  const about = [formId, dueAt && exactly(dueAt, locale)].filter(Boolean).join(' · ');
  return (
    <Waiting title={name ?? elementId} about={about}>
      {schema && (
        <SegmentedControl
          size="xs"
          mt={4}
          aria-label={say('answerBy')}
          data={[
            { value: 'form', label: say('byForm') },
            { value: 'json', label: 'JSON' },
          ]}
          value={way}
          onChange={setWay}
        />
      )}
      {refusal !== null && (
        <Alert color="red" role="alert" mt="xs" p="xs">
          <Text size="xs">{refusal}</Text>
        </Alert>
      )}
      {schema === null || way === 'json' ? (
        <JsonAnswer
          label={say('variables')}
          button={say('complete')}
          send={(variables) => send({ variables })}
        />
      ) : (
        <FormAnswer {...{ task, schema, send }} />
      )}
    </Waiting>
  );
}

/** The form with its buttons; one that names none has the one that every task has. */
function FormAnswer({
  task: { variables },
  schema,
  send,
}: Pick<TaskAnswerProps, 'task' | 'send'> & { readonly schema: RawComponent }): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const locale = useLocale();
  const [example, setExample] = useState({ turn: 0, values: {} });
  const [isWrong, setWrong] = useState(false);
  const handle = useRef<FormHandle | null>(null);
  const complete = (action: string | null): void => {
    const filled = handle.current?.submit() ?? null;
    setWrong(filled === null);
    if (filled !== null) send({ ...(action !== null && { action }), variables: filled });
  };
  const fill = (): void => {
    setWrong(false);
    setExample(({ turn }) => ({ turn: turn + 1, values: exampleIn(schema, variables) }));
  };
  const buttons = buttonsOf(schema);
  return (
    <>
      <Suspense fallback={<Loader size="sm" aria-label={say('byForm')} />}>
        <TaskForm
          key={`${locale} ${example.turn}`}
          {...{ schema, variables, handle }}
          draft={example.values}
          isReadOnly={false}
          changed={hearNothing}
        />
      </Suspense>
      {isWrong && (
        <Text size="xs" role="alert" c="var(--mantine-color-error)">
          {say('formWrong')}
        </Text>
      )}
      <Group gap="xs" mt="xs">
        {(buttons.length > 0 ? buttons : [{ action: null, label: say('complete') }]).map(
          ({ action, label }) => (
            <Button key={label} size="xs" onClick={() => complete(action)}>
              {label}
            </Button>
          ),
        )}
        <Button size="xs" variant="default" onClick={fill}>
          {say('fillExample')}
        </Button>
      </Group>
    </>
  );
}

/** What is typed is asked for when it is sent. */
const hearNothing = (): void => {};
