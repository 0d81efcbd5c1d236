/**
 * Reads the markup of an XML text tag by tag, in one pass without recursion, before moddle sees it: moddle
 * accepts markup that is not well-formed, and drops what it does not know.
 */

/** An attribute as written; `at` is the offset of its value. */
export interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly at: number;
}

/** A start tag; `at` is the offset of its `<`, `end` the one after its `>`. */
export interface StartTag {
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly at: number;
  readonly end: number;
}

/** Who is told of the tags. A tag that is closed in itself is opened and closed. */
export interface TagVisitor {
  /** Returns false to stop reading. */
  open(tag: StartTag): boolean;
  close(end: number): void;
  /** Told of text that is more than space. */
  text(at: number): void;
}

/** Markup that is not well-formed. */
export interface ScanFault {
  readonly detail: string;
  readonly at: number;
}

/** No element of BPMN has more than 20; the cap keeps the search for doubles linear. */
const MOST_ATTRIBUTES = 200;

/** Names in ASCII: moddle's reader takes no others. */
const NAME = /[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?/y;
const SPACE = /[ \t\n]*/y;
const REFERENCE = /&(?!(?:lt|gt|amp|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)/;
const CHARACTER = /&#(x?[0-9A-Fa-f]+);/g;
const CLOSE_TAG = /<\/([^\s<>/]+)[ \t\n]*>/y;

/**
 * Tells the visitor of each tag, until the end, a fault or a visitor that stops.
 *
 * @param text - XML with line ends of one character
 * @returns the first fault of the markup, or null
 * Class: pure. Source: XML 1.0 §2, §3.1. Linear in the length of the text.
 */
export function scanTags(text: string, visitor: TagVisitor): ScanFault | null {
  const open: string[] = [];
  let at = 0;
  let roots = 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const end = next === -1 ? text.length : next;
    const loose = looseText(text, at, end, open.length > 0);
    if (loose !== null) return loose;
    const solid = firstSolid(text, at);
    if (open.length > 0 && solid < end) visitor.text(solid);
    if (next === -1) break;
    const skipped = skipSpecial(text, next);
    if (typeof skipped === 'number') {
      if (text.startsWith(CDATA, next)) {
        if (open.length === 0) return { detail: 'text outside the root element', at: next };
        visitor.text(next);
      }
      at = skipped;
    } else if (skipped !== null) {
      return skipped;
    } else if (text[next + 1] === '/') {
      CLOSE_TAG.lastIndex = next;
      const name = CLOSE_TAG.exec(text)?.[1];
      const expected = open.pop();
      if (name === undefined || name !== expected) return mismatch(next, name, expected);
      at = CLOSE_TAG.lastIndex;
      visitor.close(at);
    } else {
      const tag = readStartTag(text, next);
      if ('detail' in tag) return tag;
      if (open.length === 0 && roots++ > 0) return { detail: 'a second root element', at: next };
      if (!visitor.open(tag)) return null;
      at = tag.end;
      if (text[at - 2] === '/') visitor.close(at);
      else open.push(tag.name);
    }
  }
  const unclosed = open.pop();
  if (unclosed !== undefined) return { detail: `<${unclosed}> is not closed`, at: text.length };
  return roots === 0 ? { detail: 'there is no element', at: 0 } : null;
}

/** Text outside the root, or a reference to an entity that does not exist. */
function looseText(text: string, from: number, to: number, isInside: boolean): ScanFault | null {
  if (from === to) return null;
  const part = text.slice(from, to);
  if (!isInside && part.trim() !== '') return { detail: 'text outside the root element', at: from };
  return badReference(part, from);
}

/** The offset of the first character that is not space. */
function firstSolid(text: string, from: number): number {
  SPACE.lastIndex = from;
  SPACE.test(text);
  return SPACE.lastIndex;
}

function badReference(part: string, from: number): ScanFault | null {
  if (!part.includes('&')) return null;
  const found = REFERENCE.exec(part);
  if (found) return { detail: 'an unknown entity or a bare `&`', at: from + found.index };
  for (const { 1: code = '', index } of part.matchAll(CHARACTER)) {
    if (isCharacter(Number(code.replace('x', '0x')))) continue;
    return { detail: `&#${code}; is no character of XML`, at: from + index };
  }
  return null;
}

/** Source: XML 1.0 §2.2. */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return (
    code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
  );
}

/** The offset after a comment, CDATA section or instruction; null for a tag. */
function skipSpecial(text: string, at: number): number | ScanFault | null {
  for (const [start, end] of SPECIALS) {
    if (!text.startsWith(start, at)) continue;
    const found = text.indexOf(end, at + start.length);
    return found === -1 ? { detail: `'${start}' is not closed`, at } : found + end.length;
  }
  return text[at + 1] === '!' ? { detail: 'an unknown declaration', at } : null;
}

const CDATA = '<![CDATA[';

const SPECIALS = [
  ['<!--', '-->'],
  [CDATA, ']]>'],
  ['<?', '?>'],
] as const;

function mismatch(at: number, name: string | undefined, expected: string | undefined): ScanFault {
  if (name === undefined) return { detail: 'a closing tag is malformed', at };
  if (expected === undefined) return { detail: `</${name}> closes nothing`, at };
  return { detail: `</${name}> stands where <${expected}> must be closed`, at };
}

function readStartTag(text: string, at: number): StartTag | ScanFault {
  NAME.lastIndex = at + 1;
  const name = NAME.exec(text)?.[0];
  if (name === undefined) return { detail: 'a tag has no name', at };
  const attributes: Attribute[] = [];
  let from = NAME.lastIndex;
  for (;;) {
    SPACE.lastIndex = from;
    SPACE.test(text);
    const next = SPACE.lastIndex;
    if (text[next] === '>') return { name, attributes, at, end: next + 1 };
    if (text.startsWith('/>', next)) return { name, attributes, at, end: next + 2 };
    const attribute = next > from ? readAttribute(text, next) : null;
    if (attribute === null) return { detail: `the tag <${name}> is malformed`, at };
    if ('detail' in attribute) return attribute;
    if (attributes.length === MOST_ATTRIBUTES)
      return { detail: `<${name}> has too many attributes`, at };
    if (attributes.some((other) => other.name === attribute.name)) {
      return { detail: `<${name}> has the attribute ${attribute.name} twice`, at };
    }
    attributes.push(attribute);
    from = attribute.at + attribute.value.length + 1;
  }
}

function readAttribute(text: string, at: number): Attribute | ScanFault | null {
  NAME.lastIndex = at;
  const name = NAME.exec(text)?.[0];
  if (name === undefined) return null;
  EQUALS.lastIndex = at + name.length;
  if (!EQUALS.test(text)) return null;
  const start = EQUALS.lastIndex;
  const end = text.indexOf(text[start - 1] ?? '"', start);
  if (end === -1) return { detail: `the value of ${name} is not closed`, at };
  const value = text.slice(start, end);
  if (value.includes('<')) return { detail: `the value of ${name} holds a bare \`<\``, at };
  return badReference(value, start) ?? { name, value, at: start };
}

const EQUALS = /[ \t\n]*=[ \t\n]*["']/y;
