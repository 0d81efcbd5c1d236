/** The registry of rules. A file of this folder that is missing here fails a test. */
import type { Rule } from '../rule.js';
import { adHocContent } from './ad-hoc-content.js';
import { boundaryCatchDuplicate } from './boundary-catch-duplicate.js';
import { boundaryFlows } from './boundary-flows.js';
import { boundaryHost } from './boundary-host.js';
import { boundaryInterrupting } from './boundary-interrupting.js';
import { callTargets } from './call-targets.js';
import { cancels } from './cancels.js';
import { compensationScope } from './compensation-scope.js';
import { conditionMissing } from './condition-missing.js';
import { conditions } from './conditions.js';
import { correlation } from './correlation.js';
import { defaults } from './defaults.js';
import { elements } from './elements.js';
import { endEventFlows } from './end-event-flows.js';
import { eventGateway } from './event-gateway.js';
import { eventNames } from './event-names.js';
import { eventSubProcess } from './event-sub-process.js';
import { eventSubProcessDuplicate } from './event-sub-process-duplicate.js';
import { eventType } from './event-type.js';
import { executableProcess } from './executable-process.js';
import { expressions } from './expressions.js';
import { extensionPlaces } from './extension-places.js';
import { flowLevels } from './flow-levels.js';
import { gatewayFlows } from './gateway-flows.js';
import { hostHeaders } from './host-headers.js';
import { idleMappings } from './idle-mappings.js';
import { instantiation } from './instantiation.js';
import { intermediateEventFlows } from './intermediate-event-flows.js';
import { jobRetries } from './job-retries.js';
import { lanes } from './lanes.js';
import { links } from './links.js';
import { literalTimes } from './literal-times.js';
import { multiInstance } from './multi-instance.js';
import { multipleEvents } from './multiple-events.js';
import { nodeFlows } from './node-flows.js';
import { notExecuted } from './not-executed.js';
import { reachability } from './reachability.js';
import { references } from './references.js';
import { startCount } from './start-count.js';
import { startEventFlows } from './start-event-flows.js';
import { startEventType } from './start-event-type.js';
import { startNode } from './start-node.js';
import { startsAndEnds } from './starts-and-ends.js';
import { timers } from './timers.js';
import { variableNames } from './variable-names.js';

/** Every rule, by the name of its file. */
export const RULES = {
  adHocContent,
  boundaryCatchDuplicate,
  boundaryFlows,
  boundaryHost,
  boundaryInterrupting,
  callTargets,
  cancels,
  compensationScope,
  conditionMissing,
  conditions,
  correlation,
  defaults,
  elements,
  endEventFlows,
  eventGateway,
  eventNames,
  eventSubProcess,
  eventSubProcessDuplicate,
  eventType,
  executableProcess,
  expressions,
  extensionPlaces,
  flowLevels,
  gatewayFlows,
  hostHeaders,
  idleMappings,
  instantiation,
  intermediateEventFlows,
  jobRetries,
  lanes,
  links,
  literalTimes,
  multiInstance,
  multipleEvents,
  nodeFlows,
  notExecuted,
  reachability,
  references,
  startCount,
  startEventFlows,
  startEventType,
  startNode,
  startsAndEnds,
  timers,
  variableNames,
} as const satisfies Readonly<Record<string, Rule>>;
