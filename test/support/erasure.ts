/** Erasures in tests: the side effects themselves, with a real keyring, caught mails, files of exports and signing keys. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createSideEffects, type SideEffectDeps } from '../../activities/side-effects.js';
import type { JobInput } from '../../contracts/job.js';
import type { Variables } from '../../engine/model/index.js';
import type { Store } from '../../store/index.js';
import { createSealer, type KeyProvider, openLocalKeyring } from '../../worker/encryption/index.js';
import { createErasurePorts, type ErasureParts } from '../../worker/erasure/index.js';
import { type Mailbox, openMailbox } from '../../worker/mail-catcher/mailbox.js';
import { sideEffectDeps } from './side-effects.js';

/** A place where customers are erased. */
export interface ErasureWorld {
  readonly deps: SideEffectDeps;
  readonly keyProvider: KeyProvider;
  readonly mailbox: Mailbox;
  readonly exportsFolder: string;
}

/**
 * Opens one on a store, for as long as the store is: what one keyring sealed another cannot open. `running`: the engine
 * that its instances are in; without one there are none.
 * `clockMs`: by which it is seen how long they are waited for.
 */
export async function openErasure(
  store: Store,
  folder: string,
  running: ErasureParts['running'] = new Promise(() => {}),
  clockMs = () => performance.now(),
): Promise<ErasureWorld> {
  const keyProvider = await openLocalKeyring({ folder: join(folder, 'keys'), masterKey: null });
  const mailbox = await openMailbox(join(folder, 'mail'), Date.now);
  const exportsFolder = join(folder, 'exports');
  const sealer = createSealer({ keyProvider });
  const erasure = createErasurePorts({
    ...{ store, keyProvider, sealer, mailbox, exportsFolder, version: 'test' },
    ...{ auditKeys: join(folder, 'audit'), running, clockMs },
  });
  const deps = { ...sideEffectDeps(store, { keyProvider }), erasure };
  return { deps, keyProvider, mailbox, exportsFolder };
}

/** Runs a side effect as a job of `place`, which names the attempt's effect: the same place is the same effect. */
export function runJob(
  deps: SideEffectDeps,
  type: string,
  place: string,
  variables: Variables,
  headers: Readonly<Record<string, string>> = {},
): Promise<Variables> {
  const serve = createSideEffects(deps)[type];
  if (!serve) throw new Error(`there is no side effect ${type}`);
  const job: JobInput = {
    ...{ variables, headers, effectKey: place, customerKeyId: 'system' },
    ...{ instanceId: 'an-instance', processId: 'data-deletion', elementId: type },
    ...{ elementInstanceId: `${type}:1`, jobId: `${type}:1` },
  };
  return serve(job) as Promise<Variables>;
}

/** What one run of an erasure asks for, in the order of the process. */
export interface ErasureRun {
  readonly customerId: string;
  readonly requestId: string;
  readonly basis?: string;
  readonly retained?: readonly Variables[];
  /** Prefix of the places of its jobs; the same prefix is the same run. */
  readonly place?: string;
}

/** Runs the steps of the process from the request to the certificate. `around` runs each, and may do so twice. @returns what each gave, by its type */
export async function runErasure(
  deps: SideEffectDeps,
  run: ErasureRun,
  around: (step: () => Promise<Variables>) => Promise<Variables> = (step) => step(),
): Promise<Readonly<Record<string, Variables>>> {
  const { customerId, requestId, basis = 'contract_end', retained = [] } = run;
  const place = run.place ?? randomUUID();
  const who = { customerId, requestId };
  const given: Record<string, Variables> = {};
  const step = async (type: string, more: Variables = {}, at = type): Promise<Variables> => {
    const variables = { ...who, ...more };
    given[at] = await around(() => runJob(deps, type, `${place} ${at}`, variables));
    return given[at];
  };
  await step('erase.request', { basis, requestedBy: 'ria' });
  await step('hold.check');
  const { systems } = await step('erase.plan');
  await step('instances.end');
  await step('journeys.suppress');
  for (const { system } of systems as unknown as readonly { system: string }[]) {
    const how = { system, method: 'hard delete', retained: retained as never };
    await step('erase.execute', how, `erase.execute ${system}`);
    await step('erase.verify', { system }, `erase.verify ${system}`);
  }
  const { keysDestroyed } = await step('key.destroy');
  const approvers = [
    { id: 'pia', role: 'privacy-officer' },
    { id: 'sam', role: 'security-admin' },
  ];
  const signing = { approvers, verifier: 'sue', backupHorizon: '2026-12-31', keysDestroyed };
  await step('certificate.sign', { ...signing, retained: retained as never } as Variables);
  return given;
}
