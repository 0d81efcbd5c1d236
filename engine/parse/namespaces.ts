/** The namespaces that mean something here, with the prefix that they have in findings. */
export const NAMESPACES: ReadonlyMap<string, Vocabulary> = new Map<string, Vocabulary>([
  ['http://www.omg.org/spec/BPMN/20100524/MODEL', 'bpmn'],
  ['http://www.omg.org/spec/BPMN/20100524/DI', 'diagram'],
  ['http://www.omg.org/spec/DD/20100524/DI', 'diagram'],
  ['http://www.omg.org/spec/DD/20100524/DC', 'diagram'],
  ['http://camunda.org/schema/zeebe/1.0', 'zeebe'],
  ['http://camunda.org/schema/1.0/bpmn', 'camunda'],
  ['http://camunda.org/schema/modeler/1.0', 'layout'],
  ['http://bpmn.io/schema/bpmn/biocolor/1.0', 'layout'],
  ['http://www.omg.org/spec/BPMN/non-normative/color/1.0', 'layout'],
  ['http://www.w3.org/2001/XMLSchema-instance', 'xml'],
  ['http://www.w3.org/XML/1998/namespace', 'xml'],
]);

/** `layout` is kept and has no effect; `foreign` is everything that is not named above. */
export type Vocabulary = 'bpmn' | 'zeebe' | 'camunda' | 'diagram' | 'layout' | 'xml' | 'foreign';

/** Prefixes in scope with their namespace; the default namespace has the prefix ''. */
export type Scope = ReadonlyMap<string, string>;

/** The scope of a document before its first declaration. */
export const ROOT_SCOPE: Scope = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]);

/** A name divided into its namespace and its local part. */
export interface QualifiedName {
  readonly uri: string | null;
  readonly local: string;
  readonly vocabulary: Vocabulary;
}

/** Adds the declarations of a tag to the scope around it. Class: pure. */
export function declare(
  scope: Scope,
  attributes: readonly { readonly name: string; readonly value: string }[],
): Scope {
  let inner: Map<string, string> | null = null;
  for (const { name, value } of attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    inner ??= new Map(scope);
    inner.set(name.slice(6), value);
  }
  return inner ?? scope;
}

/** Resolves the name of an element. Class: pure. */
export function elementName(scope: Scope, name: string): QualifiedName {
  const colon = name.indexOf(':');
  return qualify(scope, name.slice(0, Math.max(colon, 0)), name.slice(colon + 1));
}

/** Resolves the name of an attribute with a prefix; without one it belongs to its element: null. Class: pure. */
export function attributeName(scope: Scope, name: string): QualifiedName | null {
  const colon = name.indexOf(':');
  if (colon === -1) return null;
  return qualify(scope, name.slice(0, colon), name.slice(colon + 1));
}

function qualify(scope: Scope, prefix: string, local: string): QualifiedName {
  const uri = scope.get(prefix) ?? null;
  return { uri, local, vocabulary: NAMESPACES.get(uri ?? '') ?? 'foreign' };
}
