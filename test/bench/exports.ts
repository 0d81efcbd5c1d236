/**
 * The export of a customer with 100,000 records: rows a second, and how much memory grows above what the engine has
 * before it begins. The database is PGlite in memory, which has its own thread; what it takes counts, too.
 */
import { createHash } from 'node:crypto';
import { addTickets, makePackage, openExportWorld } from '../support/export.js';

const ROWS = 100_000;

/** Prints both. */
export async function benchExports(): Promise<void> {
  console.log(`export of a customer with ${ROWS.toLocaleString('en')} records`);
  const world = await openExportWorld();
  try {
    await addTickets(world.record, world.customerId, ROWS);
    globalThis.gc?.();
    const before = process.memoryUsage();
    const peak = { rss: 0, heap: 0 };
    const look = setInterval(() => {
      const { rss, heapUsed } = process.memoryUsage();
      peak.rss = Math.max(peak.rss, rss - before.rss);
      peak.heap = Math.max(peak.heap, heapUsed - before.heapUsed);
    }, 20);
    const began = performance.now();
    const { exportId, packaged } = await makePackage(world);
    const seconds = (performance.now() - began) / 1000;
    const sent = await download(world, exportId);
    clearInterval(look);
    const rows = Number(packaged.rows);
    const mib = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MiB`;
    console.log(
      `  extract and package   ${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows/s`,
    );
    console.log(`  package               ${mib(Number(packaged.bytes))}, opened at ${sent} MiB/s`);
    console.log(`  growth at its peak    resident ${mib(peak.rss)}, heap ${mib(peak.heap)}\n`);
  } finally {
    await world.close();
  }
}

async function download(
  { files, record, customerId, lying }: Awaited<ReturnType<typeof openExportWorld>>,
  exportId: string,
): Promise<number> {
  const whole = await record.get(customerId);
  const name =
    lying()
      .find((one) => one.endsWith('.zip'))
      ?.split('/')
      .at(-1) ?? '';
  const began = performance.now();
  const { bytes, plain } = await files.read({ exportId, name, keyId: whole?.customer.keyId ?? '' });
  const hash = createHash('sha256');
  for await (const part of plain) hash.update(part);
  return Math.round(bytes / 1024 / 1024 / ((performance.now() - began) / 1000));
}
