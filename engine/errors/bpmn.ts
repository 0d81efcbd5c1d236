import type { ErrorRow } from './kinds.js';

/** Codes of BPMN files: what `engine/parse` and `engine/validate` find in a model, in alphabetical order. */
export const BPMN_ERRORS = {
  BPMN_ADHOC_CONTENT: {
    kind: 'finding',
    text: 'Expected activities and no start or end event in ad-hoc {id}, but {detail}; correct the content.',
  },
  BPMN_BOUNDARY_CANCEL_HOST: {
    kind: 'finding',
    text: 'Expected a transaction under cancel event {id}, but the host is {actual}; use a transaction or another trigger.',
  },
  BPMN_BOUNDARY_CATCH_DUPLICATE: {
    kind: 'finding',
    text: 'Expected one catcher per code on {host}, but {a} and {b} catch the same {type}; remove one.',
  },
  BPMN_BOUNDARY_HOST: {
    kind: 'finding',
    text: 'Expected {id} attached to an activity on the same level, but `attachedToRef` is {actual}; attach it to a task, sub-process or call.',
  },
  BPMN_BOUNDARY_INCOMING: {
    kind: 'finding',
    text: 'Expected no incoming flow on boundary event {id}, but {flow} enters it; reconnect the flow.',
  },
  BPMN_BOUNDARY_NON_INTERRUPTING: {
    kind: 'finding',
    text: 'Expected {type} boundary event {id} to interrupt, but `cancelActivity` is false; set it to true.',
  },
  BPMN_BOUNDARY_NO_OUTGOING: {
    kind: 'finding',
    severity: 'strict',
    text: 'Expected an outgoing flow on boundary event {id}, but there is none; model the handling path.',
  },
  BPMN_BOUNDARY_TYPE: {
    kind: 'finding',
    text: 'Expected a trigger allowed on a boundary, but {id} is {type}; change it.',
  },
  BPMN_CALL_BINDING: {
    kind: 'finding',
    text: 'Expected latest, deployment, or versionTag with a tag, but {id} has {value}; correct the binding.',
  },
  BPMN_CALL_TARGET_MISSING: {
    kind: 'finding',
    text: 'Expected a called element on {id}, but none is given; set the process id.',
  },
  BPMN_CALL_TARGET_START: {
    kind: 'finding',
    text: 'Expected exactly one none start event or an implicit start in {ref}, but found {n}; correct the called process.',
  },
  BPMN_CALL_TARGET_UNKNOWN: {
    kind: 'finding',
    text: 'Expected {ref} in this deployment or among deployed processes, but it is unknown; deploy it with or before this file.',
  },
  BPMN_CAMUNDA_MIXED: {
    kind: 'finding',
    text: 'Expected one vocabulary in a file, but {name} at line {line} is `camunda:` and the file also uses `zeebe:`, so that two meanings compete; remove one of the two.',
  },
  BPMN_CAMUNDA_NOT_IMPORTED: {
    kind: 'finding',
    text: 'Expected the vocabulary `zeebe:`, but {name} at line {line} is of Camunda 7 (`camunda:`), which is not imported yet; rewrite its extensions as `zeebe:`, or convert the file with a Camunda 7 to 8 converter first.',
  },
  BPMN_CANCEL_END_POSITION: {
    kind: 'finding',
    text: 'Expected cancel end event {id} inside a transaction, but it is in {scope}; use a transaction or another end event.',
  },
  BPMN_CANCEL_END_UNCAUGHT: {
    kind: 'finding',
    text: 'Expected exactly one cancel boundary event on transaction {tx} because {id} cancels it, but found {n}; correct the boundary.',
  },
  BPMN_CATCH_TYPE: {
    kind: 'finding',
    text: 'Expected message, timer, conditional, link, signal or multiple on catch event {id}, but it is {type}; change it.',
  },
  BPMN_CHOREOGRAPHY_IN_PROCESS: {
    kind: 'finding',
    text: 'Expected process elements, but {id} is a choreography activity; replace it by a task or call.',
  },
  BPMN_CHOREOGRAPHY_NOT_EXECUTABLE: {
    kind: 'finding',
    text: "Expected processes, but {id} is a choreography; deploy the participants' processes instead.",
  },
  BPMN_COMPENSATE_NOT_VISIBLE: {
    kind: 'finding',
    text: "Expected `activityRef` of {id} on its own level or its event sub-process parent's, but {ref} is in {scope}; move the throw.",
  },
  BPMN_CONDITIONAL_EXPRESSION_MISSING: {
    kind: 'finding',
    text: 'Expected a condition on conditional event {id}, but it is absent; add one.',
  },
  BPMN_CONDITION_AFTER_EVENT: {
    kind: 'finding',
    text: 'Expected no condition after an event, but flow {id} has one; add an exclusive gateway.',
  },
  BPMN_CONDITION_AFTER_GATEWAY: {
    kind: 'finding',
    text: 'Expected no condition after parallel or event-based gateway {gw}, but flow {id} has one; use an exclusive or inclusive gateway.',
  },
  BPMN_CONDITION_MISSING: {
    kind: 'finding',
    text: 'Expected a condition or default on flow {flow}, but diverging exclusive or inclusive gateway {id} has neither for it; add one.',
  },
  BPMN_CONDITION_ONLY_FLOW: {
    kind: 'finding',
    severity: 'strict',
    text: 'Expected a second outgoing flow beside a conditional one, but {id} has only {flow}; add a default flow.',
  },
  BPMN_CONVERSATION_NOT_EXECUTABLE: {
    kind: 'finding',
    severity: 'warning',
    text: 'Expected executable content, but conversation node {id} only documents; nothing runs for it, keep or remove it.',
  },
  BPMN_CORRELATION_MISSING: {
    kind: 'finding',
    severity: 'warning',
    text: 'Expected a correlation key for message catch {id}, but none is defined and the name alone matches; add `zeebe:subscription` or a correlation key.',
  },
  BPMN_DECISION_MISSING: {
    kind: 'finding',
    text: 'Expected a called decision or job type on business rule task {id}, but it has neither; add one.',
  },
  BPMN_DEFAULT_CONDITIONED: {
    kind: 'finding',
    text: 'Expected no condition on default flow {flow}, but it has one; remove the condition.',
  },
  BPMN_DEFAULT_NOT_OUTGOING: {
    kind: 'finding',
    text: 'Expected the default of {id} to be one of its outgoing flows, but {flow} is not; choose an outgoing flow.',
  },
  BPMN_DEFAULT_SOURCE_TYPE: {
    kind: 'finding',
    text: 'Expected a default only on activities and exclusive, inclusive or complex gateways, but {id} is {type}; remove it.',
  },
  BPMN_DTD_FORBIDDEN: {
    kind: 'finding',
    text: 'Expected XML without a document type declaration, but there is one at line {line}; remove `<!DOCTYPE` and its entities.',
  },
  BPMN_ELEMENT_UNKNOWN: {
    kind: 'finding',
    text: 'Expected elements and attributes of BPMN 2.0, but {name} is unknown; remove or correct it.',
  },
  BPMN_ENCODING_UNSUPPORTED: {
    kind: 'finding',
    text: 'Expected UTF-8, but {detail}; save the file as UTF-8.',
  },
  BPMN_END_NO_INCOMING: {
    kind: 'finding',
    severity: 'strict',
    text: 'Expected an incoming flow on end event {id}, but there is none; connect or remove it.',
  },
  BPMN_END_OUTGOING: {
    kind: 'finding',
    text: 'Expected no outgoing flow on end event {id}, but {flow} leaves it; use an intermediate throw event.',
  },
  BPMN_END_TYPE: {
    kind: 'finding',
    text: 'Expected a result that an end event can have, but {id} is {type}; change it.',
  },
  BPMN_END_WITHOUT_START: {
    kind: 'finding',
    severity: 'strict',
    text: 'Expected a start event because {scope} has an end event, but there is none; add one.',
  },
  BPMN_ERROR_CODE_MISSING: {
    kind: 'finding',
    text: 'Expected an error with `errorCode` on error end event {id}, but it is absent; define it.',
  },
  BPMN_ESCALATION_CODE_MISSING: {
    kind: 'finding',
    text: 'Expected an escalation with `escalationCode` on throw {id}, but it is absent; define it.',
  },
  BPMN_ESP_DUPLICATE: {
    kind: 'finding',
    text: 'Expected one interrupting event sub-process per event in {scope}, but {a} and {b} share {event}; merge them.',
  },
  BPMN_ESP_FLOWS: {
    kind: 'finding',
    text: 'Expected no sequence flow or boundary event on event sub-process {id}, but {ref} touches it; remove it.',
  },
  BPMN_ESP_LOOP: {
    kind: 'finding',
    text: 'Expected no loop or multi-instance on event sub-process {id}, but it has one; put it on an inner activity.',
  },
  BPMN_ESP_NON_INTERRUPTING: {
    kind: 'finding',
    text: 'Expected error or compensation start {id} without `isInterrupting="false"`, but it is set; remove it.',
  },
  BPMN_ESP_START_COUNT: {
    kind: 'finding',
    text: 'Expected exactly one start event in event sub-process {id}, but found {n}; keep one.',
  },
  BPMN_ESP_START_TYPE: {
    kind: 'finding',
    text: 'Expected a trigger on the start event of {esp}, but {id} is {type}; choose an allowed trigger.',
  },
  BPMN_EVENT_DEFINITION_REF: {
    kind: 'finding',
    text: 'Expected `eventDefinitionRef` to name a top-level definition, but {ref} is not one; move it under definitions.',
  },
  BPMN_EVENT_GATEWAY_ARMS: {
    kind: 'finding',
    text: 'Expected two or more arms on event-based gateway {id}, but found {n}; add an arm or remove it.',
  },
  BPMN_EVENT_GATEWAY_DUPLICATE: {
    kind: 'finding',
    text: 'Expected different events on the arms of {id}, but {a} and {b} wait for the same; change one.',
  },
  BPMN_EVENT_GATEWAY_INSTANTIATE: {
    kind: 'finding',
    text: 'Expected an instantiating gateway at process level without incoming flows, but {id} has {detail}; correct it.',
  },
  BPMN_EVENT_GATEWAY_MIXED: {
    kind: 'finding',
    text: 'Expected message events or receive tasks, but {id} uses both; use one kind.',
  },
  BPMN_EVENT_GATEWAY_PARALLEL: {
    kind: 'finding',
    text: 'Expected a Parallel event gateway to instantiate and to have only message arms with one common key, but {id} has {detail}; correct it or use a parallel gateway.',
  },
  BPMN_EVENT_GATEWAY_RECEIVE_BOUNDARY: {
    kind: 'finding',
    text: 'Expected no boundary event on receive task {ref}, but {event} is attached; remove it.',
  },
  BPMN_EVENT_GATEWAY_TARGET: {
    kind: 'finding',
    text: 'Expected message, timer, conditional, signal or multiple catch events or receive tasks after {id}, but {ref} is {type}; change it.',
  },
  BPMN_EVENT_GATEWAY_TARGET_INCOMING: {
    kind: 'finding',
    text: 'Expected no other incoming flow on arm {ref}, but {flow} enters it; separate the paths.',
  },
  BPMN_EVENT_NAME_MISSING: {
    kind: 'finding',
    severity: 'warning',
    text: 'Expected a name on {type} {id}, but it is empty and its id is used; name it.',
  },
  BPMN_EXPRESSION_INFORMAL: {
    kind: 'finding',
    text: 'Expected an executable expression in {id}, but it is empty or free text; write FEEL.',
  },
  BPMN_EXPRESSION_INVALID: {
    kind: 'finding',
    text: 'Expected a valid expression in {id}, but {detail} at {pos}; correct it.',
  },
  BPMN_EXPRESSION_LANGUAGE: {
    kind: 'finding',
    text: 'Expected FEEL, but {id} uses {lang}; rewrite the expression in FEEL.',
  },
  BPMN_EXPRESSION_TYPE: {
    kind: 'finding',
    severity: 'warning',
    text: 'Expected `xsi:type` tFormalExpression on {id}, but it is absent and the text is read as FEEL; add the type.',
  },
  BPMN_EXTENSION_FOREIGN: {
    kind: 'finding',
    severity: 'warning',
    text: 'Expected known extensions, but {ns} is foreign and has no effect; remove it if it should act.',
  },
  BPMN_EXTENSION_MUST_UNDERSTAND: {
    kind: 'finding',
    text: 'Expected every extension with `mustUnderstand` to be known, but {name} is not; remove it.',
  },
  BPMN_EXTENSION_UNSUPPORTED: {
    kind: 'finding',
    text: 'Expected engine extensions that Jornada executes, but {name} on {id} has no meaning here; remove or replace it.',
  },
  BPMN_FLOW_CROSSES_POOL: {
    kind: 'finding',
    text: 'Expected both ends of {id} in one pool, but it crosses pools; use a message flow.',
  },
  BPMN_FLOW_CROSSES_SUBPROCESS: {
    kind: 'finding',
    text: 'Expected both ends of {id} on one level, but it crosses the border of {sub}; connect to the sub-process itself.',
  },
  BPMN_FLOW_END_MISSING: {
    kind: 'finding',
    text: 'Expected source and target on flow {id}, but {side} is absent; connect it.',
  },
  BPMN_FLOW_END_TYPE: {
    kind: 'finding',
    text: 'Expected an activity, event or gateway at both ends of {id}, but {ref} is {actual}; reconnect it.',
  },
  BPMN_FLOW_LISTS_CONTRADICT: {
    kind: 'finding',
    text: 'Expected `incoming`/`outgoing` to match the flows, but {id} and {flow} disagree; regenerate the lists.',
  },
  BPMN_GATEWAY_DIRECTION: {
    kind: 'finding',
    text: 'Expected flows to fit `gatewayDirection` {dir}, but {id} has {in} in and {out} out; correct the attribute.',
  },
  BPMN_GATEWAY_ROLE: {
    kind: 'finding',
    severity: 'strict',
    text: 'Expected gateway {id} to split or merge, but it has {in} in and {out} out; remove it or connect it.',
  },
  BPMN_ID_DUPLICATE: {
    kind: 'finding',
    text: 'Expected unique ids, but {id} occurs {n} times; rename all but one.',
  },
  BPMN_ID_MISSING: {
    kind: 'finding',
    text: 'Expected a valid XML id on {type}, but it has {value}; add a unique id.',
  },
  BPMN_ID_RESERVED: {
    kind: 'finding',
    text: 'Expected an id or name that is free to use, but {id} is reserved; choose another.',
  },
  BPMN_IMPORT_UNRESOLVED: {
    kind: 'finding',
    text: 'Expected import {location} in the deployment, but it is absent; add the file.',
  },
  BPMN_INTERMEDIATE_FLOWS: {
    kind: 'finding',
    severity: 'strict',
    text: 'Expected incoming and outgoing flows on intermediate event {id}, but {side} is missing; connect it.',
  },
  BPMN_HEADER_UNKNOWN: {
    kind: 'finding',
    text: "Expected no header or property of {id} to be ignored, but it takes no '{name}'{hint}; correct the name, move it, or leave it out.",
  },
  BPMN_HEADER_VALUE: {
    kind: 'finding',
    text: 'Expected {name} of {id} to be {is}, but got {value}; correct it.',
  },
  BPMN_JOB_RETRIES: {
    kind: 'finding',
    text: 'Expected a whole number of retries of at least 0 on {id}, but got {value}; correct it.',
  },
  BPMN_LANE_NODE: {
    kind: 'finding',
    text: 'Expected lane {id} to list nodes of its own process, each in one lane of a lane set, but {ref} breaks this; correct the lane.',
  },
  BPMN_LANE_RESOURCE: {
    kind: 'finding',
    severity: 'warning',
    text: 'Expected a resource as partition element of {id}, but it is {actual}; its name is used as group, reference a resource.',
  },
  BPMN_LIMIT_ATTRIBUTE: {
    kind: 'finding',
    text: 'Expected attributes of at most {limit} characters, but {name} at line {line} is longer; shorten it.',
  },
  BPMN_LIMIT_DEPTH: {
    kind: 'finding',
    text: 'Expected elements nested at most {limit} deep, but line {line} is deeper; move inner sub-processes into called processes.',
  },
  BPMN_LIMIT_ELEMENTS: {
    kind: 'finding',
    text: 'Expected at most {limit} elements, but there are more at line {line}; divide the model into called processes.',
  },
  BPMN_LIMIT_FINDINGS: {
    kind: 'finding',
    text: 'Expected at most {limit} findings, but there are more; correct these first.',
  },
  BPMN_LIMIT_FLOWS: {
    kind: 'finding',
    text: 'Expected at most {limit} sequence flows into or out of a node, but {id} has {n}; divide it by further gateways.',
  },
  BPMN_LIMIT_SIZE: {
    kind: 'finding',
    text: 'Expected a file of at most {limit} bytes, but it has {size}; divide it into several files.',
  },
  BPMN_LINK_FLOWS: {
    kind: 'finding',
    text: 'Expected no outgoing flow on a link throw and no incoming flow on a link catch, but {id} has {flow}; remove it.',
  },
  BPMN_LINK_NAME_MISSING: {
    kind: 'finding',
    text: 'Expected a name on link event {id}, but it is empty; name it.',
  },
  BPMN_LINK_PAIRING: {
    kind: 'finding',
    text: 'Expected exactly one catch and at least one throw of link {name} on one level, but {scope} has {n} and {m}; add, remove or move one.',
  },
  BPMN_MAPPING_TARGET: {
    kind: 'finding',
    text: "Expected variable names joined by dots as {place} of {id}, but '{target}' {detail}; rename it.",
  },
  BPMN_MESSAGE_FLOW_END_TYPE: {
    kind: 'finding',
    text: 'Expected a pool, activity or matching message event at both ends of {id}, but {ref} is {actual}; reconnect it.',
  },
  BPMN_MESSAGE_FLOW_SAME_POOL: {
    kind: 'finding',
    text: 'Expected message flow {id} between two pools, but both ends are in {pool}; use a sequence flow.',
  },
  BPMN_MESSAGE_REF_MISSING: {
    kind: 'finding',
    text: 'Expected a message on {id}, but none is referenced; reference one.',
  },
  BPMN_MI_OUTPUT_PAIR: {
    kind: 'finding',
    text: 'Expected output collection and output element together, but {id} has only {attr}; add the other.',
  },
  BPMN_MI_SIZE: {
    kind: 'finding',
    text: 'Expected either a cardinality or an input collection on {id}, but found {n}; keep exactly one.',
  },
  BPMN_MULTIPLE_DEFINITIONS: {
    kind: 'finding',
    text: 'Expected only combinable definitions on multiple event {id}, but it contains {type}; model it as an own event.',
  },
  BPMN_NODE_UNREACHABLE: {
    kind: 'finding',
    severity: 'warning',
    text: 'Expected {id} to be reachable, but no start node leads to it; connect or remove it.',
  },
  BPMN_NODE_WITHOUT_INCOMING: {
    kind: 'finding',
    severity: 'strict',
    text: 'Expected an incoming flow on {id} because its level has a start event, but there is none; connect it.',
  },
  BPMN_NODE_WITHOUT_OUTGOING: {
    kind: 'finding',
    severity: 'strict',
    text: 'Expected an outgoing flow on {id} because its level has an end event, but there is none; connect it.',
  },
  BPMN_NOT_EXECUTED: {
    kind: 'finding',
    text: 'Expected elements that Jornada executes, but {id} is a {type}; {remedy}.',
  },
  BPMN_NO_EXECUTABLE_PROCESS: {
    kind: 'finding',
    text: 'Expected a process with `isExecutable="true"`, but there is none; mark one as executable.',
  },
  BPMN_NO_START_NODE: {
    kind: 'finding',
    text: 'Expected a start event or a node without incoming flow in {scope}, but every node has one; add a start event.',
  },
  BPMN_PARALLEL_MULTIPLE: {
    kind: 'finding',
    text: 'Expected two or more of message, timer, conditional, signal, escalation on parallel multiple event {id}, but found {list}; correct the definitions.',
  },
  BPMN_PARTICIPANT_MULTIPLICITY: {
    kind: 'finding',
    text: 'Expected 0 ≤ minimum ≤ maximum and maximum ≥ 1, but {id} has {min}..{max}; correct the bounds.',
  },
  BPMN_PROCESS_EMPTY: {
    kind: 'finding',
    text: 'Expected at least one activity, event or gateway, but {id} has none; model its flow.',
  },
  BPMN_PROCESS_PUBLIC_EXECUTABLE: {
    kind: 'finding',
    text: 'Expected a private process, but {id} is public and executable; set `processType` to Private.',
  },
  BPMN_QUANTITY_RANGE: {
    kind: 'finding',
    text: 'Expected {attr} ≥ 1, but {id} has {value}; correct it.',
  },
  BPMN_RECEIVE_INSTANTIATE: {
    kind: 'finding',
    text: 'Expected an instantiating receive task at process level without incoming flows, but {id} has {detail}; correct it.',
  },
  BPMN_REF_UNRESOLVED: {
    kind: 'finding',
    text: 'Expected {attr} of {id} to name an element, but {ref} does not exist; create it or correct the reference.',
  },
  BPMN_REF_WRONG_TYPE: {
    kind: 'finding',
    text: 'Expected {attr} of {id} to name a {type}, but {ref} is a {actual}; point it to a {type}.',
  },
  BPMN_REPETITION_RANGE: {
    kind: 'finding',
    text: 'Expected `loopMaximum` ≥ 1 or an integer cardinality ≥ 0, but {id} has {value}; correct it.',
  },
  BPMN_RULE_FAILED: {
    kind: 'finding',
    text: 'Expected rule {rule} to judge {id}, but it failed by a bug of Jornada ({detail}); report it together with the file.',
  },
  BPMN_SCRIPT_INCOMPLETE: {
    kind: 'finding',
    text: 'Expected `script` with a supported `scriptFormat` on {id}, but {detail}; complete it or use a job type.',
  },
  BPMN_SIGNAL_REF_MISSING: {
    kind: 'finding',
    text: 'Expected a signal on {id}, but none is referenced; reference one.',
  },
  BPMN_START_INCOMING: {
    kind: 'finding',
    text: 'Expected no incoming flow on start event {id}, but {flow} enters it; lead it to the next element.',
  },
  BPMN_START_NO_OUTGOING: {
    kind: 'finding',
    severity: 'strict',
    text: 'Expected an outgoing flow on start event {id}, but there is none; connect it.',
  },
  BPMN_START_TYPE_PROCESS: {
    kind: 'finding',
    text: 'Expected none, message, timer, conditional, signal or multiple at process level, but {id} is {type}; change the trigger.',
  },
  BPMN_START_TYPE_SUBPROCESS: {
    kind: 'finding',
    text: 'Expected a none start event in sub-process {sub}, but {id} is {type}; remove the trigger or use an event sub-process.',
  },
  BPMN_START_WITHOUT_END: {
    kind: 'finding',
    severity: 'strict',
    text: 'Expected an end event because {scope} has a start event, but there is none; add one.',
  },
  BPMN_SUBPROCESS_IO: {
    kind: 'finding',
    text: 'Expected no ioSpecification on embedded sub-process {id}, but it has one; use data associations of inner activities.',
  },
  BPMN_SUBPROCESS_KIND: {
    kind: 'finding',
    text: 'Expected `triggeredByEvent` only on a plain sub-process, but {id} is {type}; change the element.',
  },
  BPMN_SUBPROCESS_START_COUNT: {
    kind: 'finding',
    text: 'Expected at most one start event in sub-process {id}, but found {n}; merge them.',
  },
  BPMN_TARGET_NAMESPACE_MISSING: {
    kind: 'finding',
    text: 'Expected `targetNamespace` on definitions, but it is absent; add one.',
  },
  BPMN_TASK_IMPLEMENTATION_MISSING: {
    kind: 'finding',
    text: 'Expected a job type or operation on service task {id}, but it has neither; add `zeebe:taskDefinition`.',
  },
  BPMN_TASK_MESSAGE_MISSING: {
    kind: 'finding',
    text: 'Expected a message on {type} {id}, but none is referenced; reference one.',
  },
  BPMN_TERMINATE_POSITION: {
    kind: 'finding',
    text: 'Expected terminate on an end event, but {id} is {actual}; use a terminate end event.',
  },
  BPMN_THROW_TYPE: {
    kind: 'finding',
    text: 'Expected none, message, escalation, compensation, link, signal or multiple on throw event {id}, but it is {type}; change it.',
  },
  BPMN_TIMER_COUNT: {
    kind: 'finding',
    text: 'Expected exactly one of date, duration and cycle on {id}, but found {n}; keep one.',
  },
  BPMN_TIMER_CYCLE_ONCE: {
    kind: 'finding',
    severity: 'warning',
    text: 'Expected a date or duration where an event fires once, but {id} has a cycle; only its first occurrence counts, use a duration.',
  },
  BPMN_TIMER_FORMAT: {
    kind: 'finding',
    text: 'Expected ISO 8601 or cron with a count ≥ 1 and a positive period on {id}, but got {value}; correct it.',
  },
  BPMN_TIMER_START_VARIABLE: {
    kind: 'finding',
    text: 'Expected a timer start without instance data, but {id} reads {var}; use a constant expression.',
  },
  BPMN_TIMER_ZONE: {
    kind: 'finding',
    text: 'Expected an IANA time zone on {id}, but {zone} is unknown; correct the name.',
  },
  BPMN_USER_TASK_CONFIG: {
    kind: 'finding',
    text: 'Expected one form binding and a priority of 0 to 100 on {id}, but {detail}; correct it.',
  },
  BPMN_XML_INVALID: {
    kind: 'finding',
    text: 'Expected XML that matches the BPMN 2.0 schema and namespace, but {detail} at line {line}; correct the markup.',
  },
} as const satisfies Record<string, ErrorRow>;
