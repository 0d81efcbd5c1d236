/** From what was uploaded to a text that may be read as XML. */
import { LIMITS } from './limits.js';
import type { Report } from './report.js';

const DECLARED_ENCODING = /^<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["']/;
/** Characters that XML does not have. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0001-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const DTD = /<!(?:DOCTYPE|ENTITY|ATTLIST|ELEMENT|NOTATION)/i;

/**
 * Decodes a source and refuses what must not reach an XML reader.
 *
 * @returns the text with line ends of one character and without byte order mark, or null when refused
 * Findings: BPMN_LIMIT_SIZE, BPMN_ENCODING_UNSUPPORTED, BPMN_DTD_FORBIDDEN, BPMN_XML_INVALID. Class: pure. Source: XML 1.0 §2.11.
 */
export function readSource(xml: string | Uint8Array, report: Report): string | null {
  if (xml.length > LIMITS.bytes) {
    report.add('BPMN_LIMIT_SIZE', null, { limit: LIMITS.bytes, size: xml.length });
    return null;
  }
  const text = typeof xml === 'string' ? xml : decode(xml);
  const lost = typeof xml === 'string' ? lostBytes(xml) : null;
  const detail = text === null ? 'the bytes are not UTF-8' : (otherEncoding(text) ?? lost);
  if (text === null || detail !== null) {
    report.add('BPMN_ENCODING_UNSUPPORTED', null, { detail: detail ?? '' });
    return null;
  }
  const dtd = DTD.exec(text);
  if (dtd !== null) {
    const line = lineOf(text, dtd.index);
    report.add('BPMN_DTD_FORBIDDEN', null, { line }, line);
    return null;
  }
  const control = CONTROL.exec(text);
  if (control !== null) {
    const line = lineOf(text, control.index);
    report.add('BPMN_XML_INVALID', null, { detail: 'there is a control character', line }, line);
    return null;
  }
  return text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
}

/** Part of every host, browsers included, but not of the language that the core is compiled for. */
const { TextDecoder } = globalThis as unknown as {
  readonly TextDecoder: new (
    label: string,
    options: { readonly fatal: boolean },
  ) => { decode(bytes: Uint8Array): string };
};

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null; // a byte sequence that UTF-8 does not have
  }
}

/** Whoever hands over text has decoded it: where bytes were not UTF-8, a replacement stands in it. */
function lostBytes(text: string): string | null {
  const at = text.indexOf('\ufffd');
  return at === -1 ? null : `the bytes at line ${lineOf(text, at)} are not UTF-8`;
}

function otherEncoding(text: string): string | null {
  const nul = text.indexOf('\0');
  if (nul !== -1) return `there is a NUL character at line ${lineOf(text, nul)}`;
  const declared = DECLARED_ENCODING.exec(text.replace(/^\ufeff/, ''))?.[1];
  if (declared === undefined || /^(?:utf-?8|us-ascii)$/i.test(declared)) return null;
  return `it is declared as '${declared.slice(0, 40)}'`;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n?|\n/).length;
}
