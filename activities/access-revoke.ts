/** `access.revoke`: undoes `access.grant` of an attempt: its links are dead, and no grant comes late. */
import * as z from 'zod';
import { endResources, killLinks } from '../store/registry/index.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = z.object({ attempt: z.string().min(1) });

/** `access.revoke`: `{attempt}` → `{ended}`. */
export const accessRevoke = sideEffect({
  type: 'access.revoke',
  input: INPUT,
  run: ({ attempt }, job, deps) =>
    once(deps, job, 'access.revoke', { attempt }, async (tx) => {
      await killLinks(tx, { attempt });
      return { ended: [...(await endResources(tx, attempt, 'access'))] };
    }),
});
