/** A reader of server-sent events, as browsers read them. */
import { request } from 'node:http';

/** One event that came. */
export interface Heard {
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A stream that is open. */
export interface Listener {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** What came so far; grows. */
  readonly heard: readonly Heard[];
  /** The id that a browser would send when it comes again. */
  readonly lastId: () => string;
  /** Waits until something holds. */
  readonly until: (holds: () => boolean, withinMs?: number) => Promise<void>;
  /** Resolves when the server ended it; how many milliseconds that took. */
  readonly ended: Promise<void>;
  /** Whole bytes that came. */
  readonly text: () => string;
  readonly close: () => void;
}

/** Opens one. */
export function listen(
  address: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const heard: Heard[] = [];
    let lastId = '';
    let text = '';
    let rest = '';
    const asked = request(`${address}${path}`, { headers, agent: false }, (answer) => {
      answer.setEncoding('utf8');
      const ended = new Promise<void>((done) => answer.once('close', () => done()));
      answer.on('error', () => {});
      answer.on('data', (chunk: string) => {
        text += chunk;
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const lines = block.split('\n').map((line) => line.split(/: ?(.*)/s));
          lastId = lines.find(([name]) => name === 'id')?.[1] ?? lastId;
          const data = lines.find(([name]) => name === 'data')?.[1];
          if (data === undefined) continue;
          heard.push({ id: lastId, ...(JSON.parse(data) as Omit<Heard, 'id'>) });
        }
      });
      resolve({
        ...{ status: answer.statusCode ?? 0, headers: answer.headers, heard, ended },
        lastId: () => lastId,
        text: () => text,
        until: async (holds, withinMs = 5_000) => {
          const by = Date.now() + withinMs;
          while (!holds()) {
            if (Date.now() > by) throw new Error(`it did not come: ${JSON.stringify(heard)}`);
            await new Promise((wait) => setTimeout(wait, 10));
          }
        },
        close: () => asked.destroy(),
      });
    });
    asked.once('error', reject);
    asked.end();
  });
}
