import process from 'node:process';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of the command line, read in this one place. */
// biome-ignore lint/style/noProcessEnv: every command takes it from here
export const environment: Environment = process.env;
