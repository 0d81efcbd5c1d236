import process from 'node:process';

/** The environment of the command line, read in this one place. */
// biome-ignore lint/style/noProcessEnv: every command takes it from here
export const environment: Readonly<Record<string, string | undefined>> = process.env;
