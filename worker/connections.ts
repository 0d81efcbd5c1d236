/** The connections of a process to Temporal: one for workers, one for clients. Class: side effect. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { NativeConnection } from '@temporalio/worker';

/** Where Temporal is. */
export interface TemporalPlace {
  /** `host:port`. */
  readonly address: string;
  readonly namespace: string;
}

/** Open connections. */
export interface Connections {
  readonly client: Client;
  readonly native: NativeConnection;
  /** Names this process to Temporal; random, for host names are nobody's business. */
  readonly identity: string;
  readonly close: () => Promise<void>;
}

/** Connects, within `withinMs`. Rejects when nothing answers. */
export async function openConnections(
  { address, namespace }: TemporalPlace,
  dataConverter: DataConverter,
  withinMs = 10_000,
): Promise<Connections> {
  const identity = `jornada-${randomUUID()}`;
  const connection = await Connection.connect({ address, connectTimeout: withinMs });
  try {
    const native = await NativeConnection.connect({ address });
    const client = new Client({ connection, namespace, dataConverter, identity });
    const close = async (): Promise<void> => {
      await connection.close();
      await native.close();
    };
    return { client, native, identity, close };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
