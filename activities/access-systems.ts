/** `access.systems`: the connected systems, our own registry first. What is looked at is read from here, each time. */
import * as z from 'zod';
import { sideEffect } from './side-effect.js';
import { connectorsOf } from './systems/index.js';

/** `access.systems`: → `{systems: [{system, title, connector}]}`. */
export const accessSystems = sideEffect({
  type: 'access.systems',
  describes: {
    title: 'List connected systems',
    says: 'Tells which systems are connected, our own registry first.',
    output: { systems: 'the systems' },
  },
  input: z.object({}),
  run: async (_input, _job, deps) => ({
    systems: connectorsOf(deps).map(({ system, title, method }) => ({
      system,
      title,
      connector: method !== null,
    })),
  }),
});
