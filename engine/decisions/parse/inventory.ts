/**
 * Takes the inventory of a DMN source before moddle reads it, which drops what it does not know: ids with
 * their lines, elements that are not executed, limits. What is not read is blanked out.
 */
import {
  attributeName,
  declare,
  elementName,
  ROOT_SCOPE,
  type Scope,
} from '../../parse/namespaces.js';
import type { Report } from '../../parse/report.js';
import { type StartTag, scanTags, type TagVisitor } from '../../parse/scan.js';
import { DMN_LIMITS } from './limits.js';
import { BOXED, DMN_13, DMN_NAMESPACES, isLayout, ONCE, TAGS, TEXTS } from './vocabulary.js';

/** Ids as moddle takes them. */
const ID = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

interface Frame {
  readonly local: string;
  readonly owner: string | null;
  readonly scope: Scope;
  readonly at: number;
  /** Nothing inside is read. */
  readonly isInert: boolean;
  readonly seen: Set<string>;
}

/** What a source was found to hold. */
export interface Inventory {
  /** The text for moddle: DMN 1.3 and nothing that is not read; lines stay where they are. Null: hopeless. */
  readonly text: string | null;
  /** Ids of elements with logic that is not executed: they are not missing it. */
  readonly refusedIn: ReadonlySet<string>;
}

/**
 * Reads all tags of a source once.
 *
 * @param lines - filled with the line of each id
 * Findings: `DMN_XML_INVALID`, `DMN_ID_…`, `DMN_NOT_EXECUTED`, `DMN_ELEMENT_UNKNOWN`, `DMN_LIMIT`,
 * `DMN_EXTENSION_FOREIGN`. Class: pure but for `lines` and `report`.
 */
export function takeInventory(text: string, lines: Map<string, number>, report: Report): Inventory {
  const taker = new Taker(text, lines, report);
  const fault = scanTags(text, taker);
  if (fault !== null) taker.refuse(`${fault.detail} at line ${taker.lineAt(fault.at)}`, fault.at);
  taker.finish();
  return { text: taker.isReadable ? taker.patched() : null, refusedIn: taker.refusedIn };
}

class Taker implements TagVisitor {
  isReadable = true;
  readonly refusedIn = new Set<string>();
  private readonly frames: Frame[] = [];
  private readonly counts = new Map<string, number>();
  private readonly foreign = new Set<string>();
  private readonly patches: {
    readonly from: number;
    readonly to: number;
    readonly text: string;
  }[] = [];
  private tags = 0;
  private counted = { at: 0, line: 1 };

  constructor(
    private readonly source: string,
    private readonly lines: Map<string, number>,
    private readonly report: Report,
  ) {}

  /** Lines are asked for in rising order, so each character is looked at once. */
  lineAt(offset: number): number {
    const from = offset >= this.counted.at ? this.counted : { at: 0, line: 1 };
    let { line } = from;
    for (let at = this.source.indexOf('\n', from.at); at !== -1 && at < offset; ) {
      line += 1;
      at = this.source.indexOf('\n', at + 1);
    }
    this.counted = { at: offset, line };
    return line;
  }

  refuse(detail: string, at: number): false {
    if (this.isReadable) {
      this.report.add(
        'DMN_XML_INVALID',
        this.frames.at(-1)?.owner ?? null,
        { detail },
        this.lineAt(at),
      );
    }
    this.isReadable = false;
    return false;
  }

  open(tag: StartTag): boolean {
    const parent = this.frames.at(-1) ?? null;
    const scope = declare(parent?.scope ?? ROOT_SCOPE, tag.attributes);
    const { uri, local } = elementName(scope, tag.name);
    if (!this.keepsLimits(tag)) return false;
    if (uri === null && tag.name.includes(':')) {
      return this.refuse(`the prefix of ${tag.name} is not declared`, tag.at);
    }
    const isDmn = DMN_NAMESPACES.has(uri ?? '');
    if (parent === null && !(isDmn && local === 'definitions')) {
      const detail = `the root is <${tag.name}> instead of definitions of a namespace of DMN 1.1 to 1.5`;
      return this.refuse(detail, tag.at);
    }
    // What people write of it may hold tags that say nothing to us.
    const isWithin = parent?.isInert === true || parent?.local === 'description';
    const isRead = !isWithin && isDmn && TAGS.get(local) === 'read';
    const id = isRead ? this.readId(tag) : null;
    const owner = id ?? parent?.owner ?? null;
    if (isRead) this.meet(tag, local, scope, parent);
    else if (!isWithin) this.meetOther(tag, isDmn ? null : (uri ?? ''), local, parent);
    this.frames.push({ local, owner, scope, at: tag.at, isInert: !isRead, seen: new Set() });
    return true;
  }

  close(end: number): void {
    const frame = this.frames.pop();
    if (!frame?.isInert || this.frames.at(-1)?.isInert) return;
    const text = this.source.slice(frame.at, end).replace(/[^\n]/g, ' ');
    this.patches.push({ from: frame.at, to: end, text });
  }

  /** Only these hold text; moddle drops any other without a word. */
  text(at: number): void {
    const frame = this.frames.at(-1);
    if (!frame || frame.isInert || TEXTS.has(frame.local)) return;
    this.refuse(`there is text in <${frame.local}>`, at);
  }

  finish(): void {
    for (const [id, n] of this.counts) {
      if (n > 1) this.report.add('DMN_ID_DUPLICATE', id, { id, n });
    }
  }

  patched(): string {
    let at = 0;
    const parts: string[] = [];
    for (const { from, to, text } of this.patches.sort((a, b) => a.from - b.from)) {
      parts.push(this.source.slice(at, from), text);
      at = to;
    }
    return parts.join('') + this.source.slice(at);
  }

  private meet(tag: StartTag, local: string, scope: Scope, parent: Frame | null): void {
    this.meetAttributes(tag, scope);
    if (parent === null) return;
    const isLogic = BOXED.has(local) && parent.local === 'decision';
    const key = isLogic ? 'an expression' : local;
    if (parent.seen.has(key) && (isLogic || ONCE.has(local))) {
      this.refuse(`there is a second ${isLogic ? key : `<${local}>`} in one place`, tag.at);
    }
    parent.seen.add(key);
  }

  /** Puts the namespace of DMN 1.3 in the place of any other version. */
  private meetAttributes(tag: StartTag, scope: Scope): void {
    for (const { name, value, at } of tag.attributes) {
      if (name === 'xmlns' || name.startsWith('xmlns:')) {
        if (!DMN_NAMESPACES.has(value) || value === DMN_13) continue;
        this.patches.push({ from: at, to: at + value.length, text: DMN_13 });
        continue;
      }
      const uri = attributeName(scope, name)?.uri ?? null;
      if (uri !== null && !isLayout(uri)) this.meetForeign(name, tag.at);
    }
  }

  private meetOther(tag: StartTag, uri: string | null, local: string, parent: Frame | null): void {
    const owner = parent?.owner ?? null;
    if (uri !== null) {
      if (!isLayout(uri)) this.meetForeign(tag.name, tag.at);
      return;
    }
    const use = TAGS.get(local);
    if (use === 'documents') return;
    const id = tag.attributes.find(({ name }) => name === 'id')?.value ?? owner;
    const line = this.lineAt(tag.at);
    if (use === 'refused') this.report.add('DMN_NOT_EXECUTED', id, { element: `<${local}>` }, line);
    else this.report.add('DMN_ELEMENT_UNKNOWN', id, { name: tag.name }, line);
    for (const { owner: around } of this.frames) if (around !== null) this.refusedIn.add(around);
  }

  private meetForeign(name: string, at: number): void {
    if (this.foreign.has(name)) return;
    this.foreign.add(name);
    this.report.add('DMN_EXTENSION_FOREIGN', null, { name }, this.lineAt(at));
  }

  private readId(tag: StartTag): string | null {
    const id = tag.attributes.find(({ name }) => name === 'id')?.value ?? '';
    if (id === '') return null;
    const line = this.lineAt(tag.at);
    if (!this.lines.has(id)) this.lines.set(id, line);
    this.counts.set(id, (this.counts.get(id) ?? 0) + 1);
    if (!ID.test(id) || id in Object.prototype) {
      const place = `<${tag.name}>`;
      this.report.add('DMN_ID_INVALID', id, { place, value: `'${id.slice(0, 80)}'` }, line);
    }
    return id;
  }

  private keepsLimits(tag: StartTag): boolean {
    this.tags += 1;
    const isDeep = this.frames.length >= DMN_LIMITS.depth;
    if (this.tags <= DMN_LIMITS.tags && !isDeep) return true;
    const limit = isDeep ? DMN_LIMITS.depth : DMN_LIMITS.tags;
    const what = isDeep ? 'levels of elements' : 'elements';
    this.report.add('DMN_LIMIT', null, { limit, what, place: 'the file' }, this.lineAt(tag.at));
    this.isReadable = false;
    return false;
  }
}
