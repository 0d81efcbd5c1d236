/** Working on a task: taking it, filling its form, deciding; what came of that, and what was in the way. */
import { Alert, Button, Group, List, Loader, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import type { TaskOutcome } from '../../../contracts/tasks.js';
import { ApiProblem } from '../../api/problem.js';
import { usePerson } from '../../api/session.js';
import { useWorks } from '../../api/works.js';
import { useKeys } from '../../app/keys.js';
import type { FormHandle } from '../../parts/form/task-form.js';
import { useNotice } from '../../parts/notices.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { farFrom, timeOf } from '../../parts/time.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { type Doing, doTo, type ReadTask, TASKS } from './asking.js';
import { Delegated } from './delegated.js';
import { Crossed, Meanwhile } from './meanwhile.js';
import { useSentence } from './sentence.js';
import { TASK_TEXTS } from './task-texts.js';
import { type DraftState, useDraft } from './use-draft.js';

const TaskForm = lazy(async () => ({
  default: (await import('../../parts/form/task-form.js')).TaskForm,
}));

/** All of it. */
export function TaskWork({ whole }: { readonly whole: ReadTask }): ReactNode {
  const say = useTexts(TASK_TEXTS);
  const { loginName } = usePerson();
  const works = useWorks();
  const { task, form, actions } = whole;
  const queries = useQueryClient();
  const tell = useNotice();
  const handle = useRef<FormHandle | null>(null);
  const [reason, setReason] = useState('');
  const draft = useDraft(task.taskKey, whole.draft);
  const act = useMutation({
    mutationFn: (doing: Doing) => doTo(task.taskKey, doing),
    onSettled: () => queries.invalidateQueries({ queryKey: TASKS }),
  });
  const isOpen = task.state === 'CREATED';
  const isMine = isOpen && works && task.assignee === loginName;
  /** Completing it is for who delegated it. */
  const owner = isMine ? task.owner : null;
  const hasTyped = whole.draft.version > 0 || draft.state.kind !== 'none';
  const forWhom = task.asSubstituteFor;
  const give = (assignee: string | null, mayReassign = false): void =>
    act.mutate(
      { path: '/assignment', body: { assignee, mayReassign } },
      { onSuccess: () => tell('good', say(assignee ? 'claimed' : 'released')) },
    );
  const complete = (action: string | null): void => {
    const variables = form ? handle.current?.submit() : {};
    if (!variables) return;
    const body = { action, variables, reason: reason.trim() || null };
    const seen = whole.etag === null ? {} : { ifMatch: whole.etag };
    act.mutate({ path: '/completion', body, ...seen }, { onSuccess: () => draft.stop() });
  };
  useKeys(
    say('title'),
    isOpen && works && !isMine
      ? [{ keys: 'c', text: say('keyClaim'), act: () => give(loginName, forWhom !== null) }]
      : [],
  );
  return (
    <Stack>
      <Result outcome={act.data ?? null} error={act.error} whole={whole} hasTyped={hasTyped} />
      {!works && <Text size="sm">{say('reads')}</Text>}
      {isOpen && works && !isMine && (
        <Group>
          <Text size="sm">
            {forWhom
              ? say('standsIn', { who: forWhom })
              : task.assignee
                ? say('takenBy', { who: task.assignee })
                : say('claimAbout')}
          </Text>
          <Button
            loading={act.isPending}
            variant={task.assignee && !forWhom ? 'default' : 'filled'}
            onClick={() => give(loginName, task.assignee !== null)}
          >
            {forWhom ? say('takeFor', { who: forWhom }) : say(task.assignee ? 'takeOver' : 'claim')}
          </Button>
        </Group>
      )}
      {isMine && forWhom && <Text size="sm">{say('standsIn', { who: forWhom })}</Text>}
      {form ? (
        <Suspense fallback={<Loader role="status" aria-label={say('form')} />}>
          <TaskForm
            schema={form.schema}
            variables={whole.variables}
            draft={whole.draft.data}
            isReadOnly={!isMine || owner !== null}
            changed={draft.typed}
            handle={handle}
          />
        </Suspense>
      ) : (
        <Text c="dimmed">{say('noForm')}</Text>
      )}
      {owner !== null && <Delegated whole={whole} owner={owner} />}
      {isMine && owner === null && (
        <>
          <DraftLine state={draft.state} keepMine={draft.keepMine} />
          <Textarea
            label={say('reason')}
            description={say('reasonAbout')}
            autosize
            maxLength={2000}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <Group>
            {(actions.length > 0 ? actions : [{ action: null, label: say('complete') }]).map(
              ({ action, label }) => (
                <Button key={label} loading={act.isPending} onClick={() => complete(action)}>
                  {label}
                </Button>
              ),
            )}
            <Button variant="default" disabled={act.isPending} onClick={() => give(null, true)}>
              {say('release')}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}

function DraftLine({
  state,
  keepMine,
}: {
  readonly state: DraftState;
  readonly keepMine: () => void;
}): ReactNode {
  const say = useTexts(TASK_TEXTS);
  const locale = useLocale();
  if (state.kind === 'other') {
    return (
      <Alert color="yellow" title={say('draftOther')} role="alert">
        <Meanwhile happened={state.meanwhile} />
        <Text size="sm">{say('draftOtherAbout')}</Text>
        <Group mt="xs">
          <Button size="xs" onClick={() => window.location.reload()}>
            {say('draftTakeTheirs')}
          </Button>
          <Button size="xs" variant="default" onClick={keepMine}>
            {say('draftKeepMine')}
          </Button>
        </Group>
      </Alert>
    );
  }
  const at = state.kind === 'saved' ? new Date(state.at) : null;
  const time = at?.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' }) ?? '';
  if (state.kind === 'over' && state.meanwhile.length > 0) {
    return <Meanwhile happened={state.meanwhile} />;
  }
  const text = {
    ...{ none: say('draftNone'), saving: say('draftSaving'), failed: say('draftFailed') },
    ...{ saved: say('draftSaved', { time }), over: say('tooLate') },
  }[state.kind];
  return (
    <Text size="sm" c="dimmed" role="status">
      {text}
    </Text>
  );
}

const ENDS: readonly string[] = ['taskCompleted', 'taskCancelled'];

/** What an act came to, or what happened instead. */
function Result({
  outcome,
  error,
  whole: { task, history },
  hasTyped,
}: {
  readonly outcome: TaskOutcome | null;
  readonly error: Error | null;
  readonly whole: ReadTask;
  readonly hasTyped: boolean;
}): ReactNode {
  const say = useTexts(TASK_TEXTS);
  const locale = useLocale();
  const sentence = useSentence();
  const { loginName } = usePerson();
  if (outcome?.task?.state === 'COMPLETED') return <Done outcome={outcome} />;
  const problem = error instanceof ApiProblem ? error : null;
  if (task.state !== 'CREATED' && !(task.completedBy === loginName && !problem)) {
    const ended = task.endedAt ?? '';
    const far = farFrom(Date.parse(ended), Date.now(), locale);
    const when = `${timeOf(ended, locale)} (${far})`;
    const end = history.find(({ kind }) => ENDS.includes(kind));
    const says = task.completedBy
      ? say('didAt', { did: end ? sentence(end) : task.completedBy, when })
      : say('tooLateItself', { when, reason: end?.text ?? '' });
    return (
      <Alert color="red" title={say('tooLate')} role="alert">
        <Text size="sm">{says}</Text>
        {task.completedBy && end?.text && <Text size="sm">{end.text}</Text>}
        {!task.completedBy && hasTyped && <Text size="sm">{say('tooLateKept')}</Text>}
      </Alert>
    );
  }
  if (!problem) return error && <ProblemAlert error={error} />;
  if (problem.code === 'FORM_SUBMISSION') {
    return (
      <Alert color="red" title={say('misfit')} role="alert">
        <Text size="sm">{say('misfitAbout')}</Text>
        <List size="sm">
          {problem.problems.map(({ path, message }) => (
            <List.Item key={path}>{message}</List.Item>
          ))}
        </List>
      </Alert>
    );
  }
  return <Crossed error={problem} />;
}

function Done({ outcome: { waitsFor, status } }: { readonly outcome: TaskOutcome }): ReactNode {
  const say = useTexts(TASK_TEXTS);
  const names = [...new Set(waitsFor.map(({ name }) => name))].join(', ');
  const isOver = status === 'completed';
  const text = names
    ? say('doneWaiting', { what: names })
    : say(isOver ? 'doneEnded' : 'doneGoesOn');
  return (
    <Alert color="teal" role="status">
      <Stack gap="xs" align="flex-start">
        <Text fw={600}>{say('done')}</Text>
        <Text size="sm">{text}</Text>
        {waitsFor.flatMap(({ taskKey, name }) =>
          taskKey === null
            ? []
            : [
                <Link key={taskKey} to="/tasks/$taskKey" params={{ taskKey }}>
                  {say('openNext', { name })}
                </Link>,
              ],
        )}
      </Stack>
    </Alert>
  );
}
