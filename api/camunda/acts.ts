/** Names of operations that change something, as routes name them. Types only. */
import type { OperationName } from '../../contracts/control.js';

export type ActName = Extract<OperationName, `${string}Instance`>;
