/** Every FEEL expression that a node holds, with the place where a designer finds it. Class: pure. */
import type { ParsedAssignment, ParsedLoop, ParsedNode } from '../model/index.js';
import { computed, feel } from '../triggers/index.js';

/** One expression without its leading `=`. */
export interface ExpressionText {
  readonly place: string;
  readonly feel: string;
}

/** A text that is FEEL only with a leading `=`. */
export function computedText(place: string, text: string | null | undefined): ExpressionText[] {
  const source = computed(text ?? '');
  return 'feel' in source ? [{ place, feel: source.feel }] : [];
}

/** A text that is FEEL with or without a leading `=`. */
export function feelText(place: string, text: string | null | undefined): ExpressionText[] {
  return text == null || text.trim() === '' ? [] : [{ place, feel: feel(text) }];
}

/** The expressions of a node; those of its flows and of the messages it names are not among them. */
export function expressionsOf(node: ParsedNode): readonly ExpressionText[] {
  const { extensions, triggers, loop, calledElement } = node;
  const { taskDefinition, schedule, publishMessage } = extensions;
  return [
    ...computedText('job type', taskDefinition?.type),
    ...computedText('retries', taskDefinition?.retries),
    ...extensions.inputs.flatMap(({ source, target }) => computedText(`input ${target}`, source)),
    ...extensions.outputs.flatMap(({ source, target }) => computedText(`output ${target}`, source)),
    ...assignmentTexts(extensions.assignment),
    ...computedText('due date', schedule?.dueDate),
    ...computedText('follow-up date', schedule?.followUpDate),
    ...computedText('priority', extensions.priority),
    ...computedText('jornada:notBy', extensions.properties['jornada:notBy']),
    ...feelText('script', extensions.script?.expression ?? feelScript(node)),
    ...computedText('called process', extensions.calledElement?.processId ?? calledElement),
    ...computedText('correlation key', publishMessage?.correlationKey ?? extensions.correlationKey),
    ...computedText('message id', publishMessage?.messageId),
    ...computedText('time to live', publishMessage?.timeToLive),
    ...triggers.flatMap((trigger) => {
      if (trigger.kind === 'conditional') return feelText('condition', trigger.condition);
      if (trigger.kind !== 'timer') return [];
      return trigger.timers.flatMap(({ kind, text }) => computedText(`timer ${kind}`, text));
    }),
    ...loopTexts(loop),
  ];
}

/** The script of a script task, unless it is in another language, which is refused for itself. */
function feelScript({ script, scriptFormat }: ParsedNode): string | null {
  return scriptFormat === null || /feel/i.test(scriptFormat) ? script : null;
}

/** The expressions of an assignment, of a user task or a lane. */
export function assignmentTexts(assignment: ParsedAssignment | null): readonly ExpressionText[] {
  return [
    ...computedText('assignee', assignment?.assignee),
    ...computedText('candidate groups', assignment?.candidateGroups),
    ...computedText('candidate users', assignment?.candidateUsers),
  ];
}

function loopTexts(loop: ParsedLoop | null): readonly ExpressionText[] {
  if (loop?.kind !== 'multiInstance') return [];
  return [
    ...feelText('input collection', loop.inputCollection),
    ...feelText('cardinality', loop.cardinality),
    ...feelText('output element', loop.outputElement),
    ...feelText('completion condition', loop.completionCondition),
  ];
}
