/** What refuses a request that is no Update of an instance: a correlator, or the engine before it asks one. */
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { type Fault, fault } from '../engine/errors/index.js';
import { StoreFailure } from '../store/index.js';
import { isLate, isUnseen } from './grpc-status.js';

/** A refusal with a code of the catalogue. */
export class EngineRefusal extends Error {
  override readonly name = 'EngineRefusal';
  readonly code: string;

  constructor({ code, message }: Pick<Fault, 'message'> & { readonly code: string }) {
    super(message);
    this.code = code;
  }
}

/** Waits for an Update; what its workflow refused is rejected with the failure that says why, as an activity may. */
export async function orWhy<T>(update: Promise<T>): Promise<T> {
  try {
    return await update;
  } catch (error) {
    if (isUnseen(error)) {
      const { code: type, message } = fault('WORKER_UNAVAILABLE', {});
      throw ApplicationFailure.create({ type, message });
    }
    const isRefusal = error instanceof WorkflowUpdateFailedError;
    throw isRefusal && error.cause instanceof ApplicationFailure ? error.cause : error;
  }
}

/** As a caller of the engine hears it: what a workflow refused with a code, or did not answer in time, is an `EngineRefusal`. */
export async function orRefusal<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isLate(error)) throw new EngineRefusal(fault('WORKER_UNAVAILABLE', {}));
    if (error instanceof StoreFailure) throw new EngineRefusal(error);
    if (!(error instanceof ApplicationFailure) || !error.type) throw error;
    throw new EngineRefusal({ code: error.type, message: error.message });
  }
}
