/**
 * The name of a file that is sent, and as it is sent back: of one part, without what a folder, a terminal or a system that it is
 * saved on could take for something else. Class: pure. Source: RFC 6266; RFC 8187.
 */
import { Problem } from '../problem.js';

const LONGEST = 150;
/** What ends a name on some system, or what its systems keep for themselves. */
const ODD = /[<>:"|?*]/g;
/** Signs that are not seen: of control, of direction, of no width, halves of characters, and those that are nobody's. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** The name in a header `Content-Disposition`. Errors: `ATTACHMENT_NAME`. */
export function nameSent(header: string | undefined): string {
  const encoded = /filename\*\s*=\s*utf-8'[\w-]*'([^;\s]+)/i.exec(header ?? '')?.[1];
  const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s"]+))/i.exec(header ?? '');
  const name = cleanName(encoded === undefined ? unquoted(plain) : decoded(encoded));
  if (name === '') throw new Problem('ATTACHMENT_NAME', { detail: 'there is none' });
  return name;
}

const unquoted = (found: RegExpExecArray | null): string =>
  found?.[1]?.replace(/\\(.)/g, '$1') ?? found?.[2] ?? '';

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Problem('ATTACHMENT_NAME', { detail: 'it is encoded otherwise' });
  }
}

/** The last part of a path, without what is not seen; empty: nothing is left. The end that tells the kind stays. */
export function cleanName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const seen = last.replace(UNSEEN, '').replace(ODD, '_').replace(/\s+/g, ' ');
  const bare = seen.replace(/^[.\s]+|[.\s]+$/g, '');
  const safe = DEVICE.test(bare) ? `_${bare}` : bare;
  const letters = [...safe];
  if (letters.length <= LONGEST) return safe;
  const end = endOf(safe);
  return `${letters.slice(0, LONGEST - end.length - 1).join('')}.${end}`;
}

/** What stands behind its last dot, in small letters; empty: nothing. */
export function endOf(name: string): string {
  return /[^.]\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** The header by which a browser saves it, and never shows it. */
export function savedAs(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
