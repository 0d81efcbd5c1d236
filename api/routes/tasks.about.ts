/** What is sent to and told of the inbox. Class: data. */
import { z } from 'zod';
import { LOCALES } from '../../contracts/identities.js';
import {
  colleague,
  type TaskContext,
  taskContext,
  taskCounts,
  taskList,
  taskPage,
  type WholeTask,
  wholeTask,
} from '../../contracts/tasks.js';
import { type About, answers } from '../openapi/about.js';
import { A_LATER_INSTANT, AN_ID, AN_INSTANT } from '../openapi/examples.js';
import { A_TASK, A_TICKET_CLOCK } from '../tasks/examples.js';

export const IN_LANGUAGE = z.strictObject({
  locale: z.enum(LOCALES).default('en').describe('Of the texts of its form.'),
});
export const NOTHING = z.strictObject({});
export const PEOPLE = z.strictObject({ items: z.array(colleague) });

const total = { count: 1, isExact: true };
const WHY = {
  ...{ from: AN_INSTANT, to: A_LATER_INSTANT, isCounted: true, reason: 'weekly' },
};

const A_WHOLE_TASK: WholeTask = {
  task: A_TASK,
  form: { formId: 'triage', version: 1, schema: { type: 'default', components: [] } },
  variables: { subject: 'The export is empty' },
  actions: [{ action: 'approve', label: 'Approve' }],
  draft: { data: { decision: 'ticket' }, version: 3, savedAt: AN_INSTANT },
  history: [{ at: AN_INSTANT, actor: 'cora', kind: 'taskAssigned', text: null, data: {} }],
  why: [WHY],
  ticketClocks: [{ ...A_TICKET_CLOCK, why: [WHY] }],
};

const A_CONTEXT: TaskContext = {
  customer: {
    ...{ customerId: AN_ID, name: 'Padaria Aurora Ltda', country: 'BR', tz: 'America/Sao_Paulo' },
    ...{ locale: 'pt-BR', stage: 'adoption', touch: 'high', healthScore: 80, isStrategic: false },
    ...{ since: '2024-02-29', state: 'active', isErased: false },
  },
  contacts: [
    {
      ...{ contactId: AN_ID, name: 'Ana Prado', mail: 'ana@aurora.example', phone: null },
      ...{ role: 'sponsor', state: 'active', isPrimary: true },
    },
  ],
  plans: [{ planId: 'team', seats: 5, state: 'active' }],
  debts: [{ currency: 'BRL', owedMinor: 14_900, overdueMinor: 0 }],
  tickets: [
    {
      ...{ ticketId: AN_ID, type: 'problem', priority: 'P3', status: 'open' },
      createdAt: AN_INSTANT,
    },
  ],
  history: [
    {
      ...{ processInstanceKey: '2251799813685249', state: 'ACTIVE' },
      process: { en: 'Support ticket', 'pt-BR': 'Chamado de suporte' },
      ...{ startedAt: AN_INSTANT, endedAt: null },
    },
  ],
};

const ERASED: About['errors'] = ['REFERENCE_UNKNOWN'];

export const ABOUT = {
  tasks: {
    summary: 'Lists tasks of the inbox',
    says: 'By default what the caller has, what is missed next first. A cursor is of who was given it, for the same search.',
    query: taskPage,
    answers: answers(taskList, { items: [A_TASK], next: null, total }),
  },
  taskCounts: {
    summary: 'Counts the tasks of each view',
    query: NOTHING,
    answers: answers(taskCounts, {
      ...{ mine: total, groups: total, unassigned: total, all: total, mineLate: total },
    }),
  },
  task: {
    summary: 'Gets a task with its form, its draft and its history',
    says: 'Its ETag is what `If-Match` of a change asks for.',
    query: IN_LANGUAGE,
    answers: answers(wholeTask, A_WHOLE_TASK),
    errors: ERASED,
  },
  taskContext: {
    summary: 'Gets what is known of the customer whose task it is',
    says: 'The audit tells who looked at the customer; read again within five minutes is one look.',
    query: NOTHING,
    answers: answers(taskContext, A_CONTEXT),
  },
  colleagues: {
    summary: 'Lists who may be given a task',
    query: NOTHING,
    answers: answers(PEOPLE, {
      items: [{ loginName: 'cora', displayName: 'Cora Lima', groups: ['support-agent'] }],
    }),
  },
} satisfies Record<string, About>;
