/** Words and instants as people read them on terminals and pages. Class: pure. */

/** A text without the characters by which it could command a terminal. Class: pure. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd');
}

/** A number and what is counted: `1 file`, `2 files`. Class: pure. */
export function several(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** An instant to the second: `2026-03-02 10:00:00Z`; a dash for none. Class: pure. */
export function shownInstant(at: string | null): string {
  return at === null ? '-' : `${at.slice(0, 10)} ${at.slice(11, 19)}Z`;
}

/** The end of an instance's id, by which it is known. Class: pure. */
export function shownInstance(instanceId: string): string {
  return instanceId.slice(-8);
}
