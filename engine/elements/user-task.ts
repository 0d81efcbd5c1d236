/**
 * User task: work for a person, found by assignee or candidates. Assignment, dates and priority are computed
 * when it opens, and so is who may not complete it (four eyes). Source: BPMN 2.0.2 §10.3.4, A02–A04, S83.
 */
import { type Finding, finding } from '../errors/index.js';
import type {
  Activation,
  Computation,
  Computed,
  FlowNodeBase,
  Json,
  ParsedNode,
} from '../model/index.js';
import { isSamePerson, own } from '../model/index.js';
import { computed, computedOrNull, WAIT } from '../triggers/index.js';
import { armTimer } from '../triggers/timer/index.js';
import { isBinding } from './binding.js';
import { defineElement } from './define.js';
import { ACTIVITY_BOUNDARY } from './job.js';
import { assignmentOf } from './lane.js';

export interface UserTask extends FlowNodeBase<'userTask'> {
  readonly assignee: Computed | null;
  readonly candidateGroups: Computed | null;
  readonly candidateUsers: Computed | null;
  readonly dueDate: Computed | null;
  readonly followUpDate: Computed | null;
  readonly priority: Computed | null;
  readonly formId: string | null;
  /** Four eyes: people who may not complete it. */
  readonly notBy?: Computed;
  /** Variable that receives who completed it. */
  readonly completedBy?: string;
}

const DEFAULT_PRIORITY = 50;

/** A list of names: a FEEL list, or names separated by commas. */
const names = (value: Json): readonly string[] => {
  if (Array.isArray(value)) return value.map(String);
  if (typeof value !== 'string') return [];
  const list = value.split(',').map((name) => name.trim());
  return list.filter((name) => name !== '');
};

const computedValue = (activation: Activation, source: Computed | null): Computation =>
  source === null ? { ok: true, value: null } : activation.compute(source);

/** An instant from a date, or from a duration counted from now; null stays null. */
const instantOf = (activation: Activation, value: Json): Computation<string | null> => {
  if (value === null || value === '') return { ok: true, value: null };
  const text = String(value);
  const kind = /^-?P/.test(text) ? 'duration' : 'date';
  const armed = armTimer(kind, text, { at: activation.at, zone: activation.process.zone });
  return armed.ok ? { ok: true, value: armed.series.dueAt } : { ok: false, fault: armed.fault };
};

/** Until when the task is promised. What is promised holds nobody up: where it cannot be told, nothing is promised. */
const promisedUntil = (node: UserTask, activation: Activation): { readonly slaDueAt?: string } => {
  const promise = own(activation.process.promises ?? {}, node.id);
  if (promise === undefined) return {};
  const [target, calendar] = [promise.target, promise.calendar].map((text) => JSON.stringify(text));
  const due = activation.evaluate(`business time after(now(), duration(${target}), ${calendar})`);
  const instant = due.ok ? instantOf(activation, due.value) : due;
  return instant.ok && instant.value !== null ? { slaDueAt: instant.value } : {};
};

const formProblem = ({ extensions }: ParsedNode): string | null => {
  const { form } = extensions;
  if (form === null) return null;
  const ids = [form.formId, form.formKey, form.externalReference].filter((id) => id !== null);
  if (ids.length !== 1) return `its form has ${ids.length} of an id, a key and a reference`;
  const { bindingType } = form;
  return bindingType === null || isBinding(bindingType)
    ? null
    : `its form has the binding '${bindingType}'`;
};

/** A computed priority is checked when the task opens. */
const priorityProblem = ({ extensions }: ParsedNode): string | null => {
  const priority = extensions.priority?.trim() ?? '';
  if (priority === '' || priority.startsWith('=')) return null;
  return /^(100|\d{1,2})$/.test(priority) ? null : `its priority is '${priority}'`;
};

const findings = (node: ParsedNode): readonly Finding[] => {
  const { id, tag, extensions } = node;
  const details = [formProblem(node), priorityProblem(node)].filter((detail) => detail !== null);
  const facts = {
    id,
    type: `${tag} whose form is bound by version tag`,
    remedy: 'bind the form by `deployment`',
  };
  return [
    ...details.map((detail) => finding('BPMN_USER_TASK_CONFIG', id, { id, detail })),
    ...(extensions.form?.bindingType === 'versionTag'
      ? [finding('BPMN_NOT_EXECUTED', id, facts)]
      : []),
  ];
};

export const userTask = defineElement<UserTask>({
  kind: 'userTask',
  tag: 'userTask',
  attaches: ACTIVITY_BOUNDARY,
  validate: ({ node }) => findings(node),
  compile: (context) => {
    const { schedule, priority, form } = context.node.extensions;
    const { 'jornada:notBy': notBy, 'jornada:completedBy': completedBy } =
      context.node.extensions.properties;
    return {
      ...assignmentOf(context),
      dueDate: computedOrNull(schedule?.dueDate ?? null),
      followUpDate: computedOrNull(schedule?.followUpDate ?? null),
      priority: computedOrNull(priority),
      formId: form?.formId ?? form?.externalReference ?? form?.formKey ?? null,
      ...(notBy !== undefined && { notBy: computed(notBy) }),
      ...(completedBy !== undefined && { completedBy }),
    };
  },
  onEnter: (node, activation) => {
    const values: Json[] = [];
    const { assignee, candidateGroups, candidateUsers, priority, dueDate, followUpDate } = node;
    for (const source of [
      assignee,
      candidateGroups,
      candidateUsers,
      priority,
      node.notBy ?? null,
    ]) {
      const result = computedValue(activation, source);
      if (!result.ok) return { kind: 'incident', fault: result.fault };
      values.push(result.value);
    }
    const instants: (string | null)[] = [];
    for (const source of [dueDate, followUpDate]) {
      const result = computedValue(activation, source);
      const instant = result.ok ? instantOf(activation, result.value) : result;
      if (!instant.ok) return { kind: 'incident', fault: instant.fault };
      instants.push(instant.value as string | null);
    }
    const [who = null, groups = null, users = null, urgency = null, barred = null] = values;
    const rank = urgency === null ? DEFAULT_PRIORITY : Number(urgency);
    if (!Number.isInteger(rank) || rank < 0 || rank > 100) {
      const detail = `priority is ${JSON.stringify(urgency)}, not a whole number from 0 to 100`;
      return { kind: 'incident', fault: activation.refuse(node.id, detail) };
    }
    const notBy = names(barred);
    const isBarred = (name: string): boolean => notBy.some((one) => isSamePerson(one, name));
    activation.openTask({
      assignee: who === null || isBarred(String(who)) ? null : String(who) || null,
      candidateGroups: names(groups),
      candidateUsers: names(users),
      dueAt: instants[0] ?? null,
      followUpAt: instants[1] ?? null,
      priority: rank,
      formId: node.formId,
      ...promisedUntil(node, activation),
      ...(notBy.length > 0 && { notBy }),
      ...(node.completedBy !== undefined && { completedBy: node.completedBy }),
    });
    return WAIT;
  },
});
