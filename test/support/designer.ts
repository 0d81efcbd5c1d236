/** What the designer's place leans on, in tests: its threads, and no running engine behind it. */
import type { DesignerDeps } from '../../api/deps.js';
import { createDesigner, type Designer } from '../../designer/index.js';
import { InvariantError } from '../../engine/errors/index.js';

/** One for all tests of a process: its threads begin with the first that needs one. */
let shared: Designer | null = null;

/** Makes it. `byTwo`: publications need a second person. */
export function designerDeps(byTwo = false): DesignerDeps {
  shared ??= createDesigner();
  const { run } = shared;
  return {
    ...{ designer: { run }, byTwo },
    // Where nothing runs nothing is asked.
    foresee: () => Promise.reject(new InvariantError('there is no engine')),
  };
}
