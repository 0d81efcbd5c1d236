/** The Temporal command line that Jornada installs for itself; it carries server 1.29.1. */
export const CLI_VERSION = '1.5.1';

/** The oldest server that Jornada runs on, and the one inside `CLI_VERSION`. */
export const SERVER_VERSION = '1.29.1';

/**
 * The server version that `temporal --version` reports, or null.
 *
 * Self-built binaries print `temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)`, so the version of the
 * command line itself says nothing. Class: pure.
 */
export function parseServerVersion(text: string): string | null {
  return /\(Server (\d+\.\d+\.\d+)/.exec(text)?.[1] ?? null;
}

/** Whether a dotted version is the given minimum or newer; a suffix such as `-rc1` is ignored. Class: pure. */
export function isAtLeast(version: string, minimum: string): boolean {
  const parts = numbersOf(version);
  const floor = numbersOf(minimum);
  for (const [index, least] of floor.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}

function numbersOf(version: string): readonly number[] {
  return (version.split('-')[0] ?? '').split('.').map(Number);
}
