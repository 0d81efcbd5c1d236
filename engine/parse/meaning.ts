/**
 * What a file may say that Jornada does not carry out, judged tag by tag. What the parsed tree has a place for is
 * not here: the rules over the tree refuse it.
 */
import type { Frame } from './inventory.js';
import type { Report } from './report.js';
import type { StartTag } from './scan.js';

const JOBS = [
  'bpmn:ServiceTask',
  'bpmn:SendTask',
  'bpmn:ScriptTask',
  'bpmn:BusinessRuleTask',
  'bpmn:IntermediateThrowEvent',
  'bpmn:EndEvent',
];

/** Where each extension of `zeebe:` has a meaning; others are executed nowhere. */
const PLACES: ReadonlyMap<string, readonly string[]> = new Map([
  ['zeebe:assignmentDefinition', ['bpmn:UserTask', 'bpmn:Lane']],
  ['zeebe:calledDecision', ['bpmn:BusinessRuleTask']],
  ['zeebe:calledElement', ['bpmn:CallActivity']],
  ['zeebe:formDefinition', ['bpmn:UserTask', 'bpmn:StartEvent']],
  ['zeebe:ioMapping', ['bpmn:Activity', 'bpmn:Event']],
  ['zeebe:loopCharacteristics', ['bpmn:MultiInstanceLoopCharacteristics']],
  ['zeebe:priorityDefinition', ['bpmn:UserTask']],
  ['zeebe:properties', ['bpmn:BaseElement']],
  ['zeebe:publishMessage', ['bpmn:SendTask', 'bpmn:ThrowEvent', 'bpmn:MessageEventDefinition']],
  ['zeebe:script', ['bpmn:ScriptTask']],
  ['zeebe:subscription', ['bpmn:Message', 'bpmn:ReceiveTask', 'bpmn:CatchEvent']],
  ['zeebe:taskDefinition', JOBS],
  ['zeebe:taskHeaders', [...JOBS, 'bpmn:UserTask']],
  ['zeebe:taskSchedule', ['bpmn:UserTask']],
  ['zeebe:userTask', ['bpmn:UserTask']],
  ['zeebe:versionTag', ['bpmn:Process']],
]);

const MAPPINGS = 'use `zeebe:ioMapping` instead';
const ASSIGNMENT = 'use `zeebe:assignmentDefinition` instead';
const CORRELATION = 'use `zeebe:subscription` on the message instead';
const CALLED_PROCESS = 'make it a process of its own and call that';
const JOB_TYPE = 'use `zeebe:taskDefinition` instead';

/** Tags that would change behaviour, with what to draw instead. */
const NOT_EXECUTED: ReadonlyMap<string, string> = new Map([
  ['bpmn:correlationKey', CORRELATION],
  ['bpmn:correlationSubscription', CORRELATION],
  ['bpmn:dataInputAssociation', MAPPINGS],
  ['bpmn:dataOutputAssociation', MAPPINGS],
  ['bpmn:globalBusinessRuleTask', CALLED_PROCESS],
  ['bpmn:globalManualTask', CALLED_PROCESS],
  ['bpmn:globalScriptTask', CALLED_PROCESS],
  ['bpmn:globalTask', CALLED_PROCESS],
  ['bpmn:globalUserTask', CALLED_PROCESS],
  ['bpmn:humanPerformer', ASSIGNMENT],
  ['bpmn:ioBinding', MAPPINGS],
  ['bpmn:ioSpecification', MAPPINGS],
  ['bpmn:operationRef', JOB_TYPE],
  ['bpmn:performer', ASSIGNMENT],
  ['bpmn:potentialOwner', ASSIGNMENT],
  ['bpmn:property', MAPPINGS],
  ['bpmn:resourceRole', ASSIGNMENT],
]);

const CHOREOGRAPHIES = ['bpmn:choreography', 'bpmn:globalChoreographyTask'];
const CHOREOGRAPHY_NODES = [
  'bpmn:choreographyTask',
  'bpmn:subChoreography',
  'bpmn:callChoreography',
];
const CONVERSATIONS = ['bpmn:conversation', 'bpmn:subConversation', 'bpmn:callConversation'];

/** The name of the property that modelers add where a data association points at an activity. */
const PLACEHOLDER = '__targetRef_placeholder';

/** A tag with its surroundings. */
export interface Met {
  readonly tag: StartTag;
  readonly frame: Frame;
  readonly parent: Frame;
  /** The element around `extensionElements`. */
  readonly grandparent: Frame | null;
  readonly line: number;
}

/**
 * Checks whether a tag and its attributes mean what Jornada carries out.
 *
 * Findings: BPMN_EXTENSION_UNSUPPORTED, BPMN_EXTENSION_MUST_UNDERSTAND, BPMN_NOT_EXECUTED, BPMN_SUBPROCESS_IO,
 * BPMN_CHOREOGRAPHY_*, BPMN_CONVERSATION_NOT_EXECUTABLE, BPMN_IMPORT_UNRESOLVED, BPMN_PROCESS_PUBLIC_EXECUTABLE.
 */
export function checkMeaning(met: Met, report: Report): void {
  const { frame, line, tag } = met;
  const id = frame.owner ?? 'definitions';
  if (frame.tag === 'bpmn:import') checkImport(tag, line, report);
  if (frame.tag === 'bpmn:extension') checkExtension(tag, line, report);
  if (CHOREOGRAPHIES.includes(frame.tag))
    report.add('BPMN_CHOREOGRAPHY_NOT_EXECUTABLE', id, { id }, line);
  if (CONVERSATIONS.includes(frame.tag))
    report.add('BPMN_CONVERSATION_NOT_EXECUTABLE', id, { id }, line);
  if (!frame.isExecuted) return;
  if (CHOREOGRAPHY_NODES.includes(frame.tag))
    report.add('BPMN_CHOREOGRAPHY_IN_PROCESS', id, { id }, line);
  if (frame.tag.startsWith('zeebe:')) checkPlace(met, id, report);
  checkExecuted(met, id, report);
  checkAttributes(met, id, report);
}

function checkExecuted({ frame, parent, tag, line }: Met, id: string, report: Report): void {
  const remedy = NOT_EXECUTED.get(frame.tag);
  if (remedy === undefined || attribute(tag, 'name') === PLACEHOLDER) return;
  if (frame.tag === 'bpmn:ioSpecification' && parent.tag === 'bpmn:subProcess') {
    report.add('BPMN_SUBPROCESS_IO', id, { id }, line);
  } else {
    report.add('BPMN_NOT_EXECUTED', id, { id, type: typeName(frame), remedy }, line);
  }
}

/** An extension stands directly in `extensionElements`, and its place is the element around those. */
function checkPlace(
  { tag, frame, parent, grandparent, line }: Met,
  id: string,
  report: Report,
): void {
  if (parent.tag !== 'bpmn:extensionElements') return;
  const type = grandparent?.schema?.type;
  if (type && PLACES.get(frame.tag)?.some((place) => type.hasType(place))) return;
  report.add('BPMN_EXTENSION_UNSUPPORTED', id, { name: tag.name, id }, line);
}

function checkAttributes({ tag, frame, line }: Met, id: string, report: Report): void {
  const refuse = (name: string, remedy: string): void =>
    report.add(
      'BPMN_NOT_EXECUTED',
      id,
      { id, type: `${typeName(frame)} with ${name}`, remedy },
      line,
    );
  if (attribute(tag, 'operationRef') !== null) refuse('`operationRef`', JOB_TYPE);
  const implementation = attribute(tag, 'implementation');
  if (implementation !== null && !implementation.startsWith('##'))
    refuse('`implementation`', JOB_TYPE);
  if (frame.tag === 'zeebe:calledElement' && attribute(tag, 'businessId') !== null) {
    report.add('BPMN_EXTENSION_UNSUPPORTED', id, { name: 'businessId', id }, line);
  }
  if (
    frame.tag.startsWith('bpmn:') &&
    tag.attributes.some(({ name }) => name.endsWith(':retryCounter'))
  ) {
    report.add('BPMN_EXTENSION_UNSUPPORTED', id, { name: 'retryCounter', id }, line);
  }
  if (frame.tag !== 'bpmn:process') return;
  if (attribute(tag, 'processType') === 'Public') {
    report.add('BPMN_PROCESS_PUBLIC_EXECUTABLE', id, { id }, line);
  }
  if (attribute(tag, 'isClosed') === 'true') refuse('`isClosed`', 'remove the attribute');
}

function checkImport(tag: StartTag, line: number, report: Report): void {
  const type = attribute(tag, 'importType') ?? '';
  if (!type.startsWith('http://www.omg.org/spec/BPMN/')) return; // types of data have no part in a run
  const location = attribute(tag, 'location') ?? '';
  report.add('BPMN_IMPORT_UNRESOLVED', null, { location }, line);
}

function checkExtension(tag: StartTag, line: number, report: Report): void {
  const isBinding = ['true', '1'].includes(attribute(tag, 'mustUnderstand') ?? '');
  const name = attribute(tag, 'definition') ?? 'an extension without definition';
  if (isBinding) report.add('BPMN_EXTENSION_MUST_UNDERSTAND', null, { name }, line);
}

function attribute(tag: StartTag, wanted: string): string | null {
  return tag.attributes.find(({ name }) => name === wanted)?.value ?? null;
}

function typeName({ tag }: Frame): string {
  return tag.slice(tag.indexOf(':') + 1);
}
