/** Environment variables as a value: the caller reads the process environment once and hands it in. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Takes one line of talk for the person who waits. */
export type Talk = (line: string) => void;
