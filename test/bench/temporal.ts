/** (b), (c) Ten tasks in a row on Temporal: by hand and drawn, side by side on one server and one worker process. */
import { countHistory } from './temporal/history.js';
import { type Measured, measure, measureIdle, median } from './temporal/measure.js';
import { openPlace, type Place } from './temporal/place.js';
import { type Variant, variantsOf } from './temporal/variants.js';
import { figure, table } from './timing.js';

const ROUNDS = Number(process.env.JORNADA_BENCH_ROUNDS ?? 5);
const INSTANCES = Number(process.env.JORNADA_BENCH_INSTANCES ?? 40);
const IN_FLIGHT = 20;
/** Names of the rows to measure, with commas between; absent, all. */
const ROWS = process.env.JORNADA_BENCH_ROWS?.split(',');

/** Prints the figures of the durable host. */
export async function benchTemporal(): Promise<void> {
  const place = await openPlace();
  try {
    const variants = (await variantsOf(place)).filter(({ name }) => ROWS?.includes(name) ?? true);
    for (const variant of variants) await measure(place, variant, IN_FLIGHT, IN_FLIGHT);
    const idle = await measureIdle(place);
    const rounds = await inRounds(place, variants);
    console.log(
      `(b) ten tasks in a row on a Temporal server in memory, PostgreSQL, one worker process, all payloads encrypted;\n` +
        `medians of ${ROUNDS} rounds, each with ${INSTANCES} instances of every row, ${IN_FLIGHT} in flight; × of the first row in the same round;\n` +
        `CPU of worker and server together for one instance (idle, they take ${figure(idle)} ms a second), that of the database apart`,
    );
    console.log(`${speedTable(variants, rounds)}\n`);
    console.log(
      `(c) what one instance leaves in Temporal\n${await historyTable(place, variants)}\n`,
    );
  } finally {
    await place.close();
  }
}

type Round = readonly Measured[];

/** Every round measures every variant, each time beginning with another one. */
async function inRounds(place: Place, variants: readonly Variant[]): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const measured: Measured[] = [];
    for (let turn = 0; turn < variants.length; turn += 1) {
      const index = (round + turn) % variants.length;
      measured[index] = await measure(place, variants[index] as Variant, INSTANCES, IN_FLIGHT);
    }
    rounds.push(measured);
    console.error(`round ${round + 1} of ${ROUNDS}`);
  }
  return rounds;
}

function speedTable(variants: readonly Variant[], rounds: readonly Round[]): string {
  const head = ['', 'instances/s', '×', 'CPU ms', '×', 'worker', 'server', 'database'];
  const rows = variants.map(({ name }, index) => {
    const of = (value: (measured: Measured) => number): number =>
      median(rounds.map((round) => value(round[index] as Measured)));
    const ratio = (value: (measured: Measured) => number): string => {
      const ratios = rounds.map(
        (round) => value(round[index] as Measured) / value(round[0] as Measured),
      );
      return median(ratios).toFixed(2);
    };
    const both = ({ cpuMs }: Measured): number => cpuMs.worker + cpuMs.server;
    const perSecond = ({ perSecond: rate }: Measured): number => rate;
    return [
      name,
      figure(of(perSecond)),
      ratio(perSecond),
      figure(of(both)),
      ratio(both),
      figure(of(({ cpuMs }) => cpuMs.worker)),
      figure(of(({ cpuMs }) => cpuMs.server)),
      figure(of(({ cpuMs }) => cpuMs.database)),
    ];
  });
  return table([head, ...rows]);
}

async function historyTable(place: Place, variants: readonly Variant[]): Promise<string> {
  const rows: string[][] = [['', 'events', 'markers', 'activities', 'bytes']];
  for (const variant of variants) {
    const { events, markers, activities, bytes } = await countHistory(
      place.running.client,
      variant,
    );
    rows.push([variant.name, ...[events, markers, activities, bytes].map(String)]);
  }
  return table(rows);
}
