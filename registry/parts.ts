/** What the files of a package are. Class: pure. */

/**
 * What runs: models, decisions, forms, mails, and what the package says of itself, also under a name that is refused.
 * Tests and pages stay out: they make no version of it.
 */
const DEPLOYED = /\.(bpmn|dmn|form|liquid)$|^process\.ya?ml$/i;

/** Tests, pages, examples and templates to draw with, which lie beside what runs. */
const COMPANION =
  /\.dmn\.test\.csv$|^scenarios\/.*\.ya?ml$|^(examples|templates)\/.*\.json$|^README\.md$/i;

/** Whether a file belongs to what is deployed. */
export const isDeployedPart = (path: string): boolean => DEPLOYED.test(path);

/** Whether a file lies beside what is deployed. */
export const isCompanion = (path: string): boolean => !isDeployedPart(path) && COMPANION.test(path);

/** Files by what they are. */
export function partsOf(files: Readonly<Record<string, string>>): {
  readonly deployed: Readonly<Record<string, string>>;
  readonly companions: Readonly<Record<string, string>>;
} {
  const those = (is: (path: string) => boolean) =>
    Object.fromEntries(Object.entries(files).filter(([path]) => is(path)));
  return { deployed: those(isDeployedPart), companions: those(isCompanion) };
}
