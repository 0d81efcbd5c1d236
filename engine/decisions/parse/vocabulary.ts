/** What the tags of DMN are to us. Source: DMN 1.3 §6 to §10; XSD of DMN 1.1 to 1.5. */

/** Namespace that the reader knows: DMN 1.3. */
export const DMN_13 = 'https://www.omg.org/spec/DMN/20191111/MODEL/';

/** Namespaces of DMN 1.1 to 1.5. What is executed has the same form in all of them. */
export const DMN_NAMESPACES: ReadonlySet<string> = new Set([
  'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
  'http://www.omg.org/spec/DMN/20180521/MODEL/',
  DMN_13,
  'https://www.omg.org/spec/DMN/20211108/MODEL/',
  'https://www.omg.org/spec/DMN/20230324/MODEL/',
]);

/** Namespaces of what is drawn, and of attributes that only modelers read. */
const LAYOUT =
  /^https?:\/\/(?:www\.omg\.org\/spec\/(?:DMN|DD)\/\d+\/(?:DMNDI|DI|DC)|bpmn\.io\/schema\/dmn\/|camunda\.org\/schema\/modeler\/|www\.w3\.org\/)/;

/** Whether a namespace has no bearing on execution and says so. Class: pure. */
export function isLayout(uri: string): boolean {
  return LAYOUT.test(uri);
}

/** `read` is executed, `documents` is kept for people, `refused` is DMN that Jornada does not execute. */
export type TagUse = 'read' | 'documents' | 'refused';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const READ = words(`
  definitions decision variable informationRequirement requiredDecision requiredInput inputData
  decisionTable input inputExpression inputValues output outputValues defaultOutputEntry
  rule inputEntry outputEntry annotation annotationEntry literalExpression text
  context contextEntry list relation column row itemDefinition itemComponent typeRef allowedValues
  description
`);

const DOCUMENTS = words(`
  question allowedAnswers extensionElements extensionAttribute knowledgeSource
  authorityRequirement supportedObjective impactedPerformanceIndicator decisionMaker decisionOwner
  usingProcess usingTask textAnnotation association group organizationUnit organisationalUnit
  performanceIndicator elementCollection businessContextElement
`);

const REFUSED = words(`
  businessKnowledgeModel knowledgeRequirement decisionService invocation functionDefinition functionItem
  import importedValues conditional filter for every some typeConstraint
`);

/** What the tags of DMN are to us, by local name. */
export const TAGS: ReadonlyMap<string, TagUse> = new Map<string, TagUse>([
  ...READ.map((name) => [name, 'read'] as const),
  ...DOCUMENTS.map((name) => [name, 'documents'] as const),
  ...REFUSED.map((name) => [name, 'refused'] as const),
]);

/** Tags that hold text and no tags. */
export const TEXTS: ReadonlySet<string> = new Set(words('text typeRef description'));

/** Tags of which an element has at most one; the reader would keep the last without a word. */
export const ONCE: ReadonlySet<string> = new Set(
  words(`variable requiredDecision requiredInput inputExpression inputValues outputValues
    defaultOutputEntry text typeRef allowedValues`),
);

/** Tags of boxed expressions: a decision has at most one of them. */
export const BOXED: ReadonlySet<string> = new Set(
  words('decisionTable literalExpression context list relation'),
);
