/**
 * Hashes passwords and compares them: argon2id, at most two at a time, so that signing in takes no more than that of the
 * machine. Class: side effect (time, chance). Source: RFC 9106; OWASP Password Storage Cheat Sheet.
 */
import { hash, verify } from '@node-rs/argon2';
import { Problem } from '../problem.js';

/** What hashes cost: memory in KiB, passes, lanes. Raised, hashes of before are made anew at the next sign-in. */
export const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const AT_A_TIME = 2;
/** Who comes after so many waits for nothing: an answer would come too late. */
const MOST_WAITING = 32;

/** Hashes and compares. */
export interface Passwords {
  /** Errors: `SIGN_IN_TOO_MANY`. @returns parameters, salt and hash as one text */
  readonly hash: (password: string) => Promise<string>;
  /** Takes as long where there is no hash, so that nobody hears who has a password. Errors: `SIGN_IN_TOO_MANY`. */
  readonly verify: (hash: string | null, password: string) => Promise<boolean>;
}

/** Makes it. */
export function createPasswords(): Passwords {
  const within = createQueue();
  const make = (password: string): Promise<string> => hash(password, COST);
  const nobodys = make('the password of nobody');
  // It is awaited at the first sign-in.
  nobodys.catch(() => {});
  return {
    hash: (password) => within(() => make(password)),
    verify: async (known, password) => {
      const against = known ?? (await nobodys);
      const isSame = await within(() => verify(against, password));
      return isSame && known !== null;
    },
  };
}

/** Whether a hash was made at a lower cost than today's. Class: pure. */
export function isWeak(encoded: string): boolean {
  const [, memory, time] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/.exec(encoded) ?? [];
  return !(Number(memory) >= COST.memoryCost && Number(time) >= COST.timeCost);
}

function createQueue() {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < AT_A_TIME) running += 1;
    else {
      if (waiting.length >= MOST_WAITING) throw new Problem('SIGN_IN_TOO_MANY', {}, 5);
      // Whoever ends hands its place over.
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
