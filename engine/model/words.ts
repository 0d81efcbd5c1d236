/** Names of the model as people say them: `userTask` → `user task`. Class: pure. */
export const wordsOf = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
