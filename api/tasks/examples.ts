/** A task as the descriptions of routes show it. Class: data. */
import type { TaskItem, TicketClock } from '../../contracts/tasks.js';
import { A_LATER_INSTANT, AN_ID, AN_INSTANT } from '../openapi/examples.js';

const HOUR_MS = 3_600_000;

export const A_TICKET_CLOCK: TicketClock = {
  ...{ metric: 'first_reply', number: 1, policy: 'standard', state: 'running', basis: 'business' },
  ...{ dueAt: A_LATER_INSTANT, targetMs: 8 * HOUR_MS, elapsedMs: HOUR_MS, pausedMs: 0 },
  remainingMs: 7 * HOUR_MS,
};

export const A_TASK: TaskItem = {
  ...{ taskKey: '2251799813685250', title: { en: 'Triage', 'pt-BR': 'Triagem' } },
  process: { en: 'Support ticket', 'pt-BR': 'Chamado de suporte' },
  ...{ processId: 'support-ticket', elementId: 'triage', processInstanceKey: '2251799813685249' },
  ...{ businessKey: null, customer: { customerId: AN_ID, name: 'Padaria Aurora Ltda' } },
  ...{
    assignee: 'cora',
    owner: null,
    standsFor: null,
    candidateGroups: ['support-agent'],
    candidateUsers: [],
  },
  ...{ dueAt: null, followUpAt: null, priority: 50, state: 'CREATED', isSuspended: false },
  ...{ openedAt: AN_INSTANT, endedAt: null, action: null, completedBy: null, version: 2 },
  asSubstituteFor: null,
  hasDraft: true,
  clock: {
    ...{ title: { en: 'Triage', 'pt-BR': 'Triagem' }, state: 'running', dueAt: A_LATER_INSTANT },
    ...{ targetMs: 4 * HOUR_MS, elapsedMs: HOUR_MS, remainingMs: 3 * HOUR_MS },
    calendar: { name: 'office', tz: 'America/Sao_Paulo' },
  },
  ticket: { ticketId: AN_ID, priority: 'P3', status: 'new', clock: A_TICKET_CLOCK },
};
