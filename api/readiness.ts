/**
 * Which of what the app stands on does not answer. Probes come often and from anybody, so it is asked at most once a
 * second for all of them together, and nobody waits longer than a probe does. Class: side effect.
 */

/** Asks one part. */
export type Probe = () => Promise<{ readonly isWell: boolean }>;

/** Parts without an answer, by the names people know them by; none: all is there. */
export type Readiness = () => Promise<readonly string[]>;

/** How long a part may take: a probe gives up soon after. */
export const PATIENCE_MS = 2000;
/** How long an answer is good for. */
const FRESH_MS = 1000;

/** Makes it. @param parts - what answers, by name; `now` in milliseconds */
export function createReadiness(
  parts: Readonly<Record<string, Probe>>,
  now: () => number,
  patienceMs = PATIENCE_MS,
): Readiness {
  let last: { readonly at: number; readonly silent: ReturnType<Readiness> } | null = null;
  const ask = async (): Promise<readonly string[]> => {
    const asked = Object.entries(parts).map(async ([name, probe]) =>
      (await answersIn(probe, patienceMs)) ? [] : [name],
    );
    return (await Promise.all(asked)).flat();
  };
  return () => {
    if (!last || now() - last.at >= FRESH_MS) last = { at: now(), silent: ask() };
    return last.silent;
  };
}

async function answersIn(probe: Probe, patienceMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((done) => {
    timer = setTimeout(() => done(false), patienceMs);
  });
  const answer = async (): Promise<boolean> => {
    try {
      return (await probe()).isWell;
    } catch {
      return false;
    }
  };
  const answered = await Promise.race([answer(), tooLate]);
  clearTimeout(timer);
  return answered;
}
