/**
 * Where in an archive a package lies, as people pack them: its files alone, its folder, or a process application of Camunda
 * with the folders that it shares. Class: pure.
 */

/** Says that a folder is a process application; nothing in it is read. */
const MARKER = '.process-application';
/** A folder of what several share: its files are of the package itself. */
const SHARED = /^_bb-/;
/** What systems leave behind. */
const LITTER = /(^|\/)(__MACOSX|\.[^/]+)(\/|$)|(^|\/)(Thumbs\.db|desktop\.ini)$/;

/** Path inside the package, and name in the archive, of each file; and what is no part of it. */
export interface Places {
  readonly places: readonly (readonly [path: string, name: string])[];
  readonly leftOut: readonly string[];
}

/** Finds them. */
export function placesIn(names: readonly string[]): Places {
  const kept = names.filter((name) => !LITTER.test(name));
  const root = rootOf(names) ?? folderOf(kept);
  const places = kept.flatMap((name) => {
    const path = insideOf(name, root);
    return path === null ? [] : [[path, name] as const];
  });
  const taken = new Set(places.map(([, name]) => name));
  const leftOut = names.filter((name) => !taken.has(name) && !isMarker(name));
  return { places, leftOut };
}

const isMarker = (name: string): boolean => name === MARKER || name.endsWith(`/${MARKER}`);

/** The folder of the outermost process application, with `/`; null: there is none. */
function rootOf(names: readonly string[]): string | null {
  const roots = names.filter(isMarker).map((name) => name.slice(0, -MARKER.length));
  const [first] = roots.sort(
    (a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1),
  );
  return first ?? null;
}

/** The one folder that all lies in, with `/`, unless a model or a description lies outside of any. */
function folderOf(names: readonly string[]): string {
  const [first = ''] = names;
  const folder = first.slice(0, first.indexOf('/') + 1);
  // A folder that packages have is no package.
  const isOne = folder !== '' && !KNOWN.test(folder) && !SHARED.test(folder);
  return isOne && names.every((name) => name.startsWith(folder)) ? folder : '';
}

const KNOWN = /^(decisions|examples|forms|mail|scenarios|templates)\/$/;

/** The path inside the package; null: it lies outside. Shared folders may lie beside that of the application. */
function insideOf(name: string, root: string): string | null {
  const beside = root.replace(/[^/]+\/$/, '');
  if (name.startsWith(root)) return unshared(name.slice(root.length));
  const rest = name.startsWith(beside) ? name.slice(beside.length) : '';
  return SHARED.test(rest) ? unshared(rest) : null;
}

const unshared = (path: string): string =>
  path
    .split('/')
    .filter((part, index, parts) => index === parts.length - 1 || !SHARED.test(part))
    .join('/');
