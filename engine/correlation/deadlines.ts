/** Deadlines in the order of their instants. Class: pure but for the list it is given. */

/** At `at` the message `key` expires, or its id stops making duplicates. */
export interface Deadline {
  readonly at: string;
  readonly kind: 'message' | 'id';
  readonly key: string;
}

/** Puts a deadline behind all that are not later; the usual one goes to the end. */
export function addDeadline(deadlines: Deadline[], deadline: Deadline): void {
  let low = 0;
  let high = deadlines.length;
  if (high > 0 && (deadlines[high - 1] as Deadline).at <= deadline.at) low = high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((deadlines[middle] as Deadline).at <= deadline.at) low = middle + 1;
    else high = middle;
  }
  deadlines.splice(low, 0, deadline);
}

/** Takes out what is due at `at`, in order. */
export function takeDue(deadlines: Deadline[], at: string): readonly Deadline[] {
  let count = 0;
  while (count < deadlines.length && (deadlines[count] as Deadline).at <= at) count += 1;
  return count === 0 ? [] : deadlines.splice(0, count);
}
