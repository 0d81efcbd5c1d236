import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Payload, PayloadCodec, WorkflowSerializationContext } from '@temporalio/common';
import { onTestFinished } from 'vitest';
import { createDataKeys, type DataKeysOptions } from '../../worker/encryption/data-keys.js';
import { type KeyProvider, openLocalKeyring } from '../../worker/encryption/index.js';
import { createPayloadCodec, type Refusal } from '../../worker/encryption/payload-codec.js';

/** A new empty folder that goes with its test. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'jornada-keys-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A payload as the SDK makes it of a JSON value. */
export function json(value: unknown): Payload {
  return {
    metadata: { encoding: Buffer.from('json/plain') },
    data: Buffer.from(JSON.stringify(value)),
  };
}

/** The value of such a payload. */
export function valueIn(payload: Payload | undefined): unknown {
  return JSON.parse(Buffer.from(payload?.data ?? []).toString('utf8'));
}

/** The context of an instance of that customer. */
export function instanceOf(keyId: string): WorkflowSerializationContext {
  return { type: 'workflow', namespace: 'default', workflowId: `p.${keyId}.${randomUUID()}` };
}

/** Two customers, a real keyring, a codec, and what it refused. */
export async function twoCustomers(options: Partial<DataKeysOptions> = {}): Promise<{
  keyProvider: KeyProvider;
  codec: PayloadCodec;
  ada: string;
  bob: string;
  refusals: Refusal[];
}> {
  const keyProvider = await openLocalKeyring({ folder: await newFolder(), masterKey: null });
  const refusals: Refusal[] = [];
  const dataKeys = createDataKeys({ keyProvider, ...options });
  const codec = createPayloadCodec({ dataKeys, onRefused: (refusal) => refusals.push(refusal) });
  const [ada, bob] = [await keyProvider.create(), await keyProvider.create()];
  return { keyProvider, codec, ada, bob, refusals };
}
