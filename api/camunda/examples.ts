/** What Camunda's routes are told with. Nothing of it is anybody's. Class: data. */

const TENANT = '<default>';
const PROCESS = { processDefinitionId: 'support-ticket', processDefinitionKey: '2251799813685249' };
const INSTANCE = {
  processInstanceKey: '2251799813685260',
  rootProcessInstanceKey: '2251799813685260',
};
const AT = '2026-03-02T12:00:00.000Z';

export const A_DEFINITION_KEY = PROCESS.processDefinitionKey;
export const AN_INSTANCE_KEY = INSTANCE.processInstanceKey;

export const A_DEFINITION = {
  ...{ name: 'Support ticket', version: 3, versionTag: null, ...PROCESS, tenantId: TENANT },
  ...{ resourceName: 'process.bpmn', hasStartForm: false, state: 'ACTIVE' },
} as const;

export const AN_INSTANCE = {
  ...{ ...PROCESS, ...INSTANCE, processDefinitionName: 'Support ticket' },
  ...{ processDefinitionVersion: 3, processDefinitionVersionTag: null, tenantId: TENANT },
  ...{ startDate: AT, endDate: null, state: 'ACTIVE', hasIncident: false },
  ...{ parentProcessInstanceKey: null, parentElementInstanceKey: null, tags: [] },
  businessId: 'T-1042',
} as const;

export const AN_ELEMENT_INSTANCE = {
  ...{ ...PROCESS, ...INSTANCE, elementId: 'Task_Answer', elementName: 'Answer' },
  ...{ type: 'USER_TASK', state: 'ACTIVE', startDate: AT, endDate: null, hasIncident: false },
  ...{ tenantId: TENANT, elementInstanceKey: '2251799813685271', incidentKey: null },
} as const;

export const A_USER_TASK = {
  ...{ ...PROCESS, ...INSTANCE, name: 'Answer', state: 'CREATED', assignee: null },
  ...{ elementId: 'Task_Answer', candidateGroups: ['support'], candidateUsers: [] },
  ...{ creationDate: AT, completionDate: null, followUpDate: null, dueDate: null },
  ...{ tenantId: TENANT, externalFormReference: null, processDefinitionVersion: 3 },
  ...{ customHeaders: {}, priority: 50, userTaskKey: '2251799813685272' },
  ...{ elementInstanceKey: '2251799813685271', processName: 'Support ticket' },
  ...{ formKey: null, tags: [] },
} as const;

export const AN_INCIDENT = {
  ...{ ...PROCESS, ...INSTANCE, errorType: 'CONDITION_ERROR', elementId: 'Gateway_Plan' },
  ...{ errorMessage: 'NO_FLOW_SELECTED: …', creationTime: AT, state: 'ACTIVE' },
  ...{ tenantId: TENANT, incidentKey: '2251799813685280', jobKey: null },
  elementInstanceKey: '2251799813685273',
} as const;

export const A_MESSAGE_SUBSCRIPTION = {
  ...{ ...PROCESS, ...INSTANCE, elementId: 'Event_Answered', lastUpdatedDate: AT },
  ...{ messageSubscriptionKey: '2251799813685285', messageSubscriptionState: 'CREATED' },
  ...{ messageName: 'ticket.answered', correlationKey: 'T-1042', tenantId: TENANT },
  elementInstanceKey: '2251799813685273',
} as const;

export const A_VARIABLE = {
  ...{ ...INSTANCE, name: 'subject', value: '"The door does not open"', tenantId: TENANT },
  ...{ variableKey: '2251799813685290', scopeKey: INSTANCE.processInstanceKey },
} as const;

export const A_TASK_AUDIT_LOG = {
  ...{ auditLogKey: '2251799813685295', entityKey: '2251799813685272', entityType: 'USER_TASK' },
  ...{ operationType: 'COMPLETE', timestamp: AT, actorId: 'cora', actorType: 'USER' },
  ...{ tenantId: TENANT, result: 'SUCCESS', category: 'USER_TASKS', ...PROCESS, ...INSTANCE },
  ...{ elementInstanceKey: '2251799813685271', userTaskKey: '2251799813685272' },
  ...{ batchOperationKey: null, batchOperationType: null, agentElementId: null, jobKey: null },
  ...{ decisionRequirementsId: null, decisionRequirementsKey: null, decisionDefinitionId: null },
  ...{ decisionDefinitionKey: null, decisionEvaluationKey: null, deploymentKey: null },
  ...{ formKey: null, resourceKey: null, relatedEntityKey: null, relatedEntityType: null },
  entityDescription: null,
} as const;

export const A_BATCH_KEY = '2251799813685300';

export const A_BATCH = {
  ...{ batchOperationKey: A_BATCH_KEY, state: 'ACTIVE', startDate: AT, endDate: null },
  ...{ batchOperationType: 'CANCEL_PROCESS_INSTANCE', actorType: 'USER', actorId: 'ada' },
  ...{ operationsTotalCount: 120, operationsFailedCount: 1, operationsCompletedCount: 40 },
  errors: [],
} as const;

export const A_BATCH_ITEM = {
  ...{ ...INSTANCE, operationType: 'CANCEL_PROCESS_INSTANCE', batchOperationKey: A_BATCH_KEY },
  ...{ itemKey: INSTANCE.processInstanceKey, state: 'COMPLETED', processedDate: AT },
  errorMessage: null,
} as const;

export const SOME_REQUIREMENTS = {
  ...{ decisionRequirementsId: 'priorities', decisionRequirementsKey: '2251799813685291' },
  ...{ decisionRequirementsName: 'Priorities', resourceName: 'decisions/priority.dmn' },
  ...{ tenantId: TENANT, version: 2 },
} as const;

export const A_DECISION_DEFINITION = {
  ...{ decisionDefinitionId: 'Decision_Priority', decisionDefinitionKey: '2251799813685290' },
  ...{ name: 'Priority', decisionRequirementsId: 'priorities', version: 2, tenantId: TENANT },
  ...{ decisionRequirementsKey: '2251799813685291', decisionRequirementsName: 'Priorities' },
  decisionRequirementsVersion: 2,
} as const;

const A_DECISION = {
  ...{ decisionDefinitionId: 'Decision_Priority', decisionDefinitionKey: '2251799813685290' },
  ...{ decisionDefinitionName: 'Priority', decisionDefinitionVersion: 2, output: '"high"' },
  tenantId: TENANT,
} as const;

export const A_DECISION_EVALUATION = {
  ...A_DECISION,
  ...{ decisionEvaluationKey: '2251799813685300', decisionInstanceKey: '2251799813685300' },
  ...{ decisionRequirementsId: 'priorities', decisionRequirementsKey: '2251799813685291' },
  evaluatedDecisions: [
    {
      ...({ ...A_DECISION, decisionDefinitionType: 'DECISION_TABLE' } as const),
      decisionEvaluationInstanceKey: '2251799813685300-1',
      evaluatedInputs: [{ inputId: 'Input_Plan', inputName: 'plan', inputValue: '"gold"' }],
      matchedRules: [
        {
          ...{ ruleId: 'Rule_Gold', ruleIndex: 1 },
          evaluatedOutputs: [
            {
              ...{ outputId: 'Output_Priority', outputName: 'priority', outputValue: '"high"' },
              ...{ ruleId: 'Rule_Gold', ruleIndex: 1 },
            },
          ],
        },
      ],
    },
  ],
  ...{ failedDecisionDefinitionId: null, failureMessage: null },
};
