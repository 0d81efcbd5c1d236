/** Examples of packages, drafts and plays. Class: data. */
import type {
  DraftFileRow,
  DraftRow,
  JudgedInstance,
  PlayShown,
  ShownFinding,
} from '../../../contracts/designer.js';
import { AN_ID, AN_INSTANT } from '../../openapi/examples.js';

export const A_HASH = '3f1c9a6be0d2748f5a1e8c7d9b0a6f4e2d3c1b5a7988e6f4d2c0b1a39f8e7d6c';
export const A_TITLE = { en: 'Support ticket', 'pt-BR': 'Chamado de suporte' };

export const A_DRAFT: DraftRow = {
  ...{ draftId: AN_ID, packageKey: 'support-ticket', title: 'Answer in four hours' },
  ...{ basedOn: A_HASH, state: 'open', version: 7, contributors: ['dana'] },
  ...{ createdBy: 'dana', createdAt: AN_INSTANT, changedBy: 'dana', changedAt: AN_INSTANT },
  ...{ remark: null, published: null },
};

export const A_FILE: DraftFileRow = {
  ...{ path: 'mail/receipt.en.liquid', content: 'We have your request {{ ticketNumber }}.' },
  ...{ version: 3, changedBy: 'dana', changedAt: AN_INSTANT },
};

export const A_VERSION = {
  ...{ hash: A_HASH, deployedAt: AN_INSTANT },
  ...{ publishedBy: 'dana', about: 'Answer in four hours' },
  processes: [{ processId: 'support-ticket', version: 4 }],
};

const DIFFERS = {
  code: 'PACKAGE_DECISION_DIFFERS',
  severity: 'error',
  elementId: 'sla_policy',
  message:
    "Expected the result of decision 'sla_policy' to be 480 in this row, but rule 7 gives 240; correct the table or the row.",
  docs: 'docs/errors.md#package_decision_differs',
  file: 'decisions/sla_policy.dmn.test.csv',
  line: 3,
} as const;
export const A_FINDING: ShownFinding = {
  ...DIFFERS,
  fixes: [
    {
      title: { en: 'Line 3: expect 240', 'pt-BR': 'Linha 3: esperar 240' },
      edits: [{ path: DIFFERS.file, from: 40, to: 44, text: '240\n' }],
    },
  ],
};

export const A_CHANGE = {
  ...{ path: 'decisions/sla_policy.dmn', kind: 'changed' as const, model: null },
  decisions: [
    {
      ...{ kind: 'changed' as const, decisionId: 'sla_policy', name: 'Promise', properties: [] },
      columns: [],
      rules: [
        {
          ...{ kind: 'changed' as const, before: 3, after: 3, about: 'Urgent', aboutBefore: null },
          cells: [{ column: 'Minutes', before: '480', after: '240' }],
        },
      ],
    },
  ],
  lines: [
    { kind: 'removed' as const, text: '<text>480</text>' },
    { kind: 'added' as const, text: '<text>240</text>' },
  ],
};

export const A_SCRIPT = {
  jobs: { 'ticket.open': { complete: { ticketId: 'T-1' } } },
  acts: [
    { start: { variables: { subject: 'Report' } } },
    { complete: { task: 'triage', variables: { decision: 'ticket' } } },
    { until: '2026-02-04T12:00:00Z' },
  ],
};

const AT = {
  ...{ instanceId: 'support-ticket-1', processId: 'support-ticket', elementId: 'work' },
};
export const A_PLAY: PlayShown = {
  ...{ at: '2026-02-04T12:00:00.000Z', nextAt: null, problem: null },
  instances: [
    {
      ...{ instanceId: AT.instanceId, processId: AT.processId, status: 'active' },
      ...{ callerId: null, variables: { subject: 'Report' } },
    },
  ],
  tokens: [AT],
  tasks: [
    {
      ...{ ...AT, taskId: 'work:41', name: 'Work the ticket', formId: 'work', assignee: null },
      ...{ candidateGroups: ['support-agent'], dueAt: null, variables: { subject: 'Report' } },
    },
  ],
  ...{ jobs: [], timers: [], waits: [], incidents: [], timeline: [], earlier: 0 },
  reached: { 'support-ticket': { work: 1 } },
};

export const A_JUDGED: JudgedInstance = {
  ...{ instanceId: AN_ID, processId: 'support-ticket', fromVersion: 3, problem: null },
};

export const A_DEFINITION = {
  ...{ file: 'process.bpmn', type: 'process', id: 'support-ticket', version: 4, isNew: true },
};
