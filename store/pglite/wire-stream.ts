/**
 * A stream that `pg` takes for a socket: what it writes goes to the thread of PGlite, what PGlite answers is read.
 *
 * PGlite has one session that is always open, so the thread answers the greeting of the protocol by itself, and
 * the farewell stays here. Source: PostgreSQL 17, chapter 55 (frontend/backend protocol).
 */
import { Duplex } from 'node:stream';
import type { Worker } from 'node:worker_threads';

interface Packet {
  readonly connection: number;
  /** Null: the greeting. */
  readonly bytes: Uint8Array | null;
}

const TERMINATE = 0x58;

/** `threadId` of a thread that has ended. */
const GONE = -1;

/** One connection to the thread, by a number of its own; only one may be open at a time. */
export class WireStream extends Duplex {
  private isGreeted = false;
  private readonly onAnswer = ({ connection, bytes }: Packet): void => {
    if (connection !== this.connection || bytes === null) return;
    this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  };
  private readonly onEnd = (): void => {
    this.destroy(new Error('the database thread has ended'));
  };

  constructor(
    private readonly thread: Worker,
    private readonly connection: number,
  ) {
    super();
    thread.on('message', this.onAnswer);
    thread.once('exit', this.onEnd);
  }

  /** The calls that `pg` makes on a socket; here they have nothing to do. */
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  connect(): this {
    process.nextTick(() => (this.thread.threadId === GONE ? this.onEnd() : this.emit('connect')));
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.send(chunk);
    done();
  }

  /** `pg` corks the messages of one statement: they make one trip. */
  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.send(Buffer.concat(chunks.map(({ chunk }) => chunk)));
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.thread.off('message', this.onAnswer);
    this.thread.off('exit', this.onEnd);
    done(error);
  }

  private send(bytes: Buffer): void {
    if (this.isGreeted && bytes[0] === TERMINATE) {
      this.push(null);
      return;
    }
    const packet: Packet = {
      connection: this.connection,
      bytes: this.isGreeted ? new Uint8Array(bytes) : null,
    };
    this.isGreeted = true;
    this.thread.postMessage(packet);
  }
}
