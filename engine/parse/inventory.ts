/**
 * Takes the inventory of a source before moddle reads it: where each id stands, which vocabularies it uses, and
 * whether it keeps the limits.
 */
import { LIMITS } from './limits.js';
import { checkMeaning } from './meaning.js';
import {
  attributeName,
  declare,
  elementName,
  type QualifiedName,
  ROOT_SCOPE,
  type Scope,
} from './namespaces.js';
import type { Report } from './report.js';
import { type Attribute, type StartTag, scanTags, type TagVisitor } from './scan.js';
import { childSchema, DEFINITIONS, holdsForeign, PARTS, type TagSchema } from './schema.js';
import { checkId, checkValues, countChild } from './tag-rules.js';

/** An open element. Nothing is checked inside an inert one: a diagram or a foreign extension. */
export interface Frame {
  /** Prefixed by vocabulary, e.g. `bpmn:task`. */
  readonly tag: string;
  readonly schema: TagSchema | null;
  /** The own id, else that of the nearest element around it. */
  readonly owner: string | null;
  readonly scope: Scope;
  readonly isInert: boolean;
  /** False inside a process that is not executable. */
  readonly isExecuted: boolean;
  readonly at: number;
  /** How often each child that may occur once, or names another element, did. */
  readonly counts: Map<string, number>;
}

/** A stretch of the source that moddle is given in another form. */
export interface Patch {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What a source was found to hold. */
export interface Inventory {
  /** False when reading on is pointless: a limit, a vocabulary or the markup itself. */
  readonly isReadable: boolean;
  readonly scope: Scope;
  /** Of the root element, from 1. */
  readonly rootLine: number;
  readonly patches: readonly Patch[];
  /** The nearest id around a place in the source; line and column from 0. */
  ownerAt(line: number, column: number): string | null;
}

/**
 * Reads all tags of a source once.
 *
 * @param lines - of the same text
 * @param ids - filled with the line of each id
 * Findings: BPMN_XML_INVALID, BPMN_LIMIT_*, BPMN_ID_*, BPMN_CAMUNDA_*, BPMN_EXTENSION_FOREIGN. Class: pure
 * but for `ids` and `report`.
 */
export function takeInventory(
  text: string,
  lines: Lines,
  ids: Map<string, number>,
  report: Report,
): Inventory {
  const taker = new Taker(lines, ids, report);
  const fault = scanTags(text, taker);
  if (fault !== null && taker.isReadable) {
    taker.refuse();
    const line = lines.lineAt(fault.at);
    report.add('BPMN_XML_INVALID', taker.owner, { detail: fault.detail, line }, line);
  }
  taker.finish();
  return taker;
}

/** Where the lines of a text begin. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      this.starts.push(at + 1);
    }
  }

  /** The line of an offset, from 1. */
  lineAt(offset: number): number {
    return lastAtMost(this.starts, offset) + 1;
  }

  /** The offset of a line from 0, and a column from 0. */
  offsetOf(line: number, column: number): number {
    return (this.starts[line] ?? 0) + column;
  }
}

/** The index of the last number of a sorted list that is not above a limit; -1 when all are. */
function lastAtMost(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The first name of Camunda 7's vocabulary. */
interface Camunda {
  readonly name: string;
  readonly at: number;
  readonly owner: string | null;
}

/** So many faults of the markup's content are told; more are a sign that this is no BPMN. */
const MOST_DEFECTS = 100;

class Taker implements TagVisitor, Inventory {
  isReadable = true;
  scope: Scope = ROOT_SCOPE;
  rootLine = 1;
  readonly patches: Patch[] = [];
  private readonly frames: Frame[] = [];
  private readonly counts = new Map<string, number>();
  private readonly tagStarts: number[] = [];
  private readonly tagOwners: (string | null)[] = [];
  private readonly foreign = new Map<string, number>();
  private tags = 0;
  private elements = 0;
  private defects = 0;
  private camunda: Camunda | null = null;
  private usesZeebe = false;

  constructor(
    private readonly lines: Lines,
    private readonly ids: Map<string, number>,
    private readonly report: Report,
  ) {}

  get owner(): string | null {
    return this.frames.at(-1)?.owner ?? null;
  }

  refuse(): false {
    this.isReadable = false;
    return false;
  }

  open(tag: StartTag): boolean {
    const parent = this.frames.at(-1) ?? null;
    const line = this.lines.lineAt(tag.at);
    if (!this.keepsLimits(tag, parent, line)) return this.refuse();
    const scope = declare(parent?.scope ?? ROOT_SCOPE, tag.attributes);
    const name = elementName(scope, tag.name);
    if (scope.size > LIMITS.namespaces)
      return this.malformed('too many namespaces are declared', line);
    if (name.uri === null && tag.name.includes(':')) return this.undeclared(tag.name, line);
    const key = `${name.vocabulary}:${name.local}`;
    if (parent === null && key !== 'bpmn:definitions') return this.otherRoot(tag.name, line);
    if (parent === null) this.enter(scope, line);
    const isKnown = name.vocabulary === 'bpmn' || name.vocabulary === 'zeebe';
    const schema = parent === null ? DEFINITIONS : this.schemaIn(parent, key, isKnown);
    const id = name.vocabulary === 'bpmn' && !parent?.isInert ? idOf(tag) : null;
    const frame: Frame = {
      tag: key,
      schema,
      owner: (isPartOf(schema, parent) ? null : id) ?? parent?.owner ?? null,
      scope,
      isInert: schema === null,
      isExecuted: key === 'bpmn:process' ? isExecutable(tag) : (parent?.isExecuted ?? true),
      at: tag.at,
      counts: new Map(),
    };
    this.frames.push(frame);
    if (name.vocabulary === 'zeebe') this.usesZeebe = true;
    if (name.vocabulary === 'camunda') this.meetCamunda(tag.name, tag.at);
    if (parent?.isInert) return true;
    if (id !== null) this.meetId(id, tag.name, line);
    else if (needsId(schema)) this.missesId(frame, line);
    return this.meet(tag, frame, parent, name, line);
  }

  close(end: number): void {
    const frame = this.frames.pop();
    if (frame?.tag !== 'diagram:BPMNDiagram' || this.frames.length !== 1) return;
    this.patches.push({ from: frame.at, to: end, text: this.blank(frame.at, end) });
  }

  text(at: number): void {
    const frame = this.frames.at(-1);
    if (frame === undefined || frame.schema === null || frame.schema.hasText) return;
    const line = this.lines.lineAt(at);
    const detail = `there is text inside <${frame.tag}>`;
    this.report.add('BPMN_XML_INVALID', frame.owner, { detail, line }, line);
    this.defects += 1;
  }

  ownerAt(line: number, column: number): string | null {
    const found = lastAtMost(this.tagStarts, this.lines.offsetOf(line, column));
    return this.tagOwners[found] ?? null;
  }

  finish(): void {
    for (const [id, n] of this.counts) {
      if (n > 1) this.report.add('BPMN_ID_DUPLICATE', id, { id, n });
    }
    for (const [ns, at] of this.foreign) {
      this.report.add('BPMN_EXTENSION_FOREIGN', null, { ns }, this.lines.lineAt(at));
    }
    if (this.camunda === null) return;
    this.refuse();
    const line = this.lines.lineAt(this.camunda.at);
    const code = this.usesZeebe ? 'BPMN_CAMUNDA_MIXED' : 'BPMN_CAMUNDA_NOT_IMPORTED';
    this.report.add(code, this.camunda.owner, { name: this.camunda.name, line }, line);
  }

  /** Records and checks a tag that is not inside an inert one. */
  private meet(
    tag: StartTag,
    frame: Frame,
    parent: Frame | null,
    name: QualifiedName,
    line: number,
  ): boolean {
    this.tagStarts.push(tag.at);
    this.tagOwners.push(frame.owner);
    if (name.vocabulary === 'foreign') this.meetForeign(name.uri, tag.at);
    if (parent !== null && !mayStand(parent, frame, name)) this.meetUnknown(tag, frame, line);
    if (parent !== null && !this.check(tag, frame, parent, line)) return this.refuse();
    this.patches.push(...checkValues(tag, frame, line, this.report));
    // moddle would read an attribute named after a child as a list, in quadratic time
    const isChild = ({ name: own }: Attribute): boolean =>
      frame.schema?.values.get(own) === 'child';
    if (tag.attributes.some(isChild)) return this.refuse();
    return this.meetAttributes(tag, frame.scope, line);
  }

  private check(tag: StartTag, frame: Frame, parent: Frame, line: number): boolean {
    const grandparent = this.frames.at(-3) ?? null;
    if (!frame.isInert) checkMeaning({ tag, frame, parent, grandparent, line }, this.report);
    return this.keepsReferences(parent, frame, line);
  }

  private meetAttributes(tag: StartTag, scope: Scope, line: number): boolean {
    for (const { name, at } of tag.attributes) {
      const qualified = name.startsWith('xmlns:') ? null : attributeName(scope, name);
      if (qualified === null) continue;
      if (qualified.uri === null) return this.undeclared(name, line);
      if (qualified.vocabulary === 'zeebe') this.usesZeebe = true;
      if (qualified.vocabulary === 'camunda') this.meetCamunda(name, tag.at);
      if (qualified.vocabulary === 'foreign') this.meetForeign(qualified.uri, at);
    }
    return this.defects < MOST_DEFECTS || this.refuse();
  }

  private enter(scope: Scope, line: number): void {
    this.scope = scope;
    this.rootLine = line;
  }

  private meetForeign(uri: string | null, at: number): void {
    const ns = uri === null || uri === '' ? 'an element without namespace' : uri;
    if (!this.foreign.has(ns)) this.foreign.set(ns, at);
  }

  private meetCamunda(name: string, at: number): void {
    this.camunda ??= { name, at, owner: this.owner };
  }

  private meetUnknown(tag: StartTag, frame: Frame, line: number): void {
    const id = frame.owner;
    this.defects += 1;
    if (frame.tag.startsWith('zeebe:')) {
      this.report.add(
        'BPMN_EXTENSION_UNSUPPORTED',
        id,
        { name: tag.name, id: id ?? 'definitions' },
        line,
      );
    } else {
      this.report.add('BPMN_ELEMENT_UNKNOWN', id, { name: `<${tag.name}>` }, line);
    }
  }

  private meetId(id: string, tag: string, line: number): void {
    const n = (this.counts.get(id) ?? 0) + 1;
    this.counts.set(id, n);
    if (n === 1) this.ids.set(id, line);
    if (n > 1 || !checkId(id, tag, line, this.report)) this.defects += 1;
  }

  /** Told at what is around it, for it has no name of its own. */
  private missesId({ tag, owner }: Frame, line: number): void {
    this.report.add('BPMN_ID_MISSING', owner, { type: tag, value: 'none' }, line);
  }

  private schemaIn(parent: Frame, tag: string, isKnown: boolean): TagSchema | null {
    return parent.schema !== null && isKnown ? childSchema(parent.schema, tag) : null;
  }

  /** Space that takes as many lines and columns as a stretch of the source. */
  private blank(from: number, to: number): string {
    const last = this.lines.lineAt(to) - 1;
    const lines = last + 1 - this.lines.lineAt(from);
    const columns = lines === 0 ? to - from : to - this.lines.offsetOf(last, 0);
    return '\n'.repeat(lines) + ' '.repeat(columns);
  }

  private otherRoot(name: string, line: number): false {
    const wanted = 'definitions of the namespace http://www.omg.org/spec/BPMN/20100524/MODEL';
    return this.malformed(`the root is <${name}> instead of ${wanted}`, line);
  }

  private undeclared(name: string, line: number): false {
    return this.malformed(`the prefix of ${name} is not declared`, line);
  }

  private malformed(detail: string, line: number): false {
    this.report.add('BPMN_XML_INVALID', this.owner, { detail, line }, line);
    return this.refuse();
  }

  private keepsReferences(parent: Frame, child: Frame, line: number): boolean {
    const n = countChild(parent, child, line, this.report);
    const { tag } = child;
    const isFlow = tag === 'bpmn:incoming' || tag === 'bpmn:outgoing';
    const id = parent.owner ?? parent.tag;
    if (isFlow && n > LIMITS.flowsAtNode) {
      this.report.add('BPMN_LIMIT_FLOWS', id, { limit: LIMITS.flowsAtNode, id, n }, line);
      return false;
    }
    if (n <= LIMITS.references) return true;
    this.report.add('BPMN_LIMIT_ELEMENTS', id, { limit: LIMITS.references, line }, line);
    return false;
  }

  private keepsLimits(tag: StartTag, parent: Frame | null, line: number): boolean {
    this.tags += 1;
    if (!parent?.isInert && idOf(tag) !== null) this.elements += 1;
    const isMany = this.elements > LIMITS.elements;
    if (isMany || this.tags > LIMITS.tags) {
      const limit = isMany ? LIMITS.elements : LIMITS.tags;
      this.report.add('BPMN_LIMIT_ELEMENTS', null, { limit, line }, line);
      return false;
    }
    if (this.frames.length >= LIMITS.depth) {
      this.report.add('BPMN_LIMIT_DEPTH', this.owner, { limit: LIMITS.depth, line }, line);
      return false;
    }
    const limit = LIMITS.attributeCharacters;
    const long = tag.attributes.find(({ value }) => value.length > limit);
    if (long === undefined) return true;
    this.report.add('BPMN_LIMIT_ATTRIBUTE', this.owner, { limit, name: long.name, line }, line);
    return false;
  }
}

function idOf(tag: StartTag): string | null {
  return tag.attributes.find(({ name }) => name === 'id')?.value || null;
}

function isExecutable(tag: StartTag): boolean {
  const value = tag.attributes.find(({ name }) => name === 'isExecutable')?.value.trim();
  return value === 'true' || value === '1';
}

function isPartOf(schema: TagSchema | null, parent: Frame | null): boolean {
  const type = schema?.type;
  if (!type || parent?.tag === 'bpmn:definitions') return false;
  return PARTS.some((part) => type.hasType(part));
}

/** Elements that tokens, findings or the journal name; for others the standard leaves the id open. */
const NAMED = ['bpmn:Process', 'bpmn:Lane', 'bpmn:FlowNode', 'bpmn:SequenceFlow'];

function needsId(schema: TagSchema | null): boolean {
  return NAMED.some((type) => schema?.type?.hasType(type));
}

/** Foreign content is free inside extension elements, and the diagram beside the root elements. */
function mayStand(parent: Frame, child: Frame, { vocabulary }: QualifiedName): boolean {
  if (child.schema !== null) return true;
  if (parent.schema === null || vocabulary === 'bpmn' || vocabulary === 'zeebe') return false;
  if (vocabulary === 'diagram' && parent.tag === 'bpmn:definitions') return true;
  return holdsForeign(parent.schema);
}
