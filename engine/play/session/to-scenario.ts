/** A play as a scenario: the same acts, what was answered to jobs, and where it then stood. Class: pure. */
import { stringify } from 'yaml';
import type { TracedEntry } from '../scenario/host.js';
import type { Scenario, ScenarioAnswer } from '../scenario/schema.js';
import { waitingElements } from '../scenario/waiting.js';
import type { Played } from './run.js';
import type { Script } from './schema.js';

/** What it is called, and which model it is about, as a path from the file. */
export interface ScenarioName {
  readonly name: string;
  readonly process: string;
  readonly files: readonly string[];
}

/** The text of a scenario file. A play that broke off is one up to there. */
export function scenarioText(script: Script, played: Played, named: ScenarioName): string {
  const { now, jobs, process: id, acts } = script;
  const steps = acts
    .slice(0, played.problem?.act ?? acts.length)
    .filter(({ job }) => job === undefined);
  const { name, process, files } = named;
  const scenario = {
    ...{ name, process, ...(id !== undefined && { id }), ...(files.length > 0 && { files }) },
    ...{ now, jobs: { ...jobs, ...answersIn(script, played) }, steps },
    expect: expectationOf(played),
  };
  return stringify(scenario, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Jobs that acts answered, and those that still wait, by type in the order in which they began. */
function answersIn({ jobs, otherJobs, acts }: Script, { view }: Played): Scenario['jobs'] {
  if (otherJobs === 'complete') return {};
  const found: Record<string, ScenarioAnswer[]> = {};
  const given = acts.flatMap(({ job }) => (job ? [job] : []));
  for (const { instanceId, entry } of view.journal) {
    if (entry.kind !== 'jobStarted') continue;
    const type = String(entry.data?.type);
    if (Object.hasOwn(jobs, type)) continue;
    const ended = view.journal.find((one) => isEndOf(one, instanceId, entry.data?.jobId));
    found[type] ??= [];
    found[type].push(answerTo(entry.at, ended ?? null, given));
  }
  return found;
}

const ENDS = ['jobCompleted', 'jobFailed', 'jobThrew'];

const isEndOf = ({ instanceId, entry }: TracedEntry, of: string, jobId: unknown): boolean =>
  instanceId === of && ENDS.includes(entry.kind) && entry.data?.jobId === jobId;

/** Longer than any play: the job waits. */
const NEVER = 'P1000D';

function answerTo(
  beganAt: string,
  ended: TracedEntry | null,
  given: { element: string; answer: ScenarioAnswer }[],
): ScenarioAnswer {
  if (ended === null) return { complete: {}, after: NEVER };
  const index = given.findIndex(({ element }) => element === ended.entry.elementId);
  const [act] = index === -1 ? [] : given.splice(index, 1);
  const seconds = (Date.parse(ended.entry.at) - Date.parse(beganAt)) / 1000;
  return { ...(act?.answer ?? { complete: {} }), ...(seconds > 0 && { after: `PT${seconds}S` }) };
}

function expectationOf({ view, firstId }: Played) {
  const first = view.instances.find(({ id }) => id === firstId);
  if (!first) return {};
  const { status, incidents } = first.state;
  if (Object.keys(incidents).length > 0) {
    const stands = Object.values(incidents).map(({ elementId: element, code }) => ({
      element,
      code,
    }));
    return { state: 'incident', incidents: stands };
  }
  if (status === 'active' || status === 'ending') {
    const own = { instances: [first], journal: view.journal };
    return { state: 'waiting', waitingAt: [...new Set(waitingElements(own))] };
  }
  const ends = view.journal.filter(
    ({ instanceId, entry }) => instanceId === first.id && isEnd(first, entry.elementId, entry.kind),
  );
  return { state: status, ends: [...new Set(ends.map(({ entry }) => entry.elementId))] };
}

const isEnd = (
  { process }: Played['view']['instances'][number],
  elementId: string | null,
  kind: string,
): boolean => kind === 'elementCompleted' && process.nodes[elementId ?? '']?.kind === 'endEvent';
