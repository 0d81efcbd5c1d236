/** Element templates that a package has of its own: each file of `templates/` holds one or a list of them. Class: pure. */

/** Them, and files that hold none that can be read. */
export interface OwnTemplates {
  readonly templates: readonly object[];
  readonly unread: readonly string[];
}

/** Reads them. What is wrong with one that can be read is told by whoever takes it. */
export function templatesIn(texts: Readonly<Record<string, string>>): OwnTemplates {
  const templates: object[] = [];
  const unread: string[] = [];
  for (const path of Object.keys(texts).filter(isTemplate).sort()) {
    try {
      const read: readonly unknown[] = [JSON.parse(texts[path] ?? '')].flat();
      if (!read.every(isObject)) throw new TypeError('no template');
      templates.push(...read);
    } catch {
      unread.push(path);
    }
  }
  return { templates, unread };
}

const isTemplate = (path: string): boolean => /^templates\/.*\.json$/.test(path);

const isObject = (one: unknown): one is object =>
  typeof one === 'object' && one !== null && !Array.isArray(one);

/** A template of the package takes the place of one that is made from an activity and has the same id and version. */
export function merged(made: readonly object[], own: readonly object[]): readonly object[] {
  const known = new Set(own.map(nameOf));
  return [...made.filter((one) => !known.has(nameOf(one))), ...own];
}

function nameOf(template: object): string {
  const { id, version } = template as { readonly id?: unknown; readonly version?: unknown };
  return JSON.stringify([id, version]);
}
