/** People and outside parties of an offboarding: they complete what is theirs, answer mails, and decide what is unknown. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Variables } from '../../../engine/model/index.js';
import { ERASURE_REQUEST, EXPORT } from '../../../store/index.js';
import type { LifeScene } from './life-scene.js';

/** Who completes a task, and how. */
interface Habit {
  readonly actor: string;
  readonly variables: Variables;
}

const HABITS: Readonly<Record<string, Habit>> = {
  'record-notice': {
    actor: 'cora',
    variables: {
      ...{ verifiedBy: 'call', reasonCode: 'price', offerAllowed: 'no' },
      noticeDecision: 'record',
    },
  },
  'terminate-agreements': {
    actor: 'lia',
    variables: {
      agreements: ['contract', 'nda', 'dpa', 'sub-processors'],
      documents: ['our-documents', 'their-equipment'],
      agreementsRef: 'F-17',
    },
  },
  'return-documents': { actor: 'lia', variables: { handled: 'returned', receiptRef: 'R-1' } },
  'settle-export': { actor: 'pia', variables: { exportDecision: 'again' } },
  'review-late': { actor: 'lena', variables: { lateCause: 'system' } },
  'confirm-list': { actor: 'sec', variables: { keep: [], addedText: '' } },
  'look-into-late': { actor: 'lena', variables: { lateCause: 'system' } },
  'sign-completion': { actor: 'sec', variables: { completionConfirmed: true } },
  'approve-plan': { actor: 'pia', variables: { decision: 'approve' } },
  'approve-again': { actor: 'sam', variables: { decision: 'approve' } },
  'settle-processor': { actor: 'lia', variables: { decision: 'confirmed' } },
  sign: { actor: 'sue', variables: { decision: 'sign' } },
  'check-case': { actor: 'ada', variables: { caseVerdict: 'accept' } },
};

/** What they did. */
export interface Diary {
  /** Completed tasks, by element. */
  readonly completed: string[];
  /** Mails of which nobody knew, and how it was decided after a look into the books of the mail server. */
  readonly decided: ('it went' | 'it did not go')[];
  /** Codes of incidents that nobody should have seen. */
  readonly surprises: string[];
  /** What was refused and tried again, with its code. */
  readonly refused: string[];
}

/** A diary in which nothing stands yet. */
export const newDiary = (): Diary => ({ completed: [], decided: [], surprises: [], refused: [] });

/** Lets them live until `isOver`, and keeps their diary; a worker that is away is waited for. */
export async function live(
  scene: LifeScene,
  customerId: string,
  isOver: () => Promise<boolean>,
  diary: Diary,
): Promise<void> {
  const seen = new Set<string>();
  const turns = new Map<string, number>();
  /** Does something once; what fails is done again at the next round. */
  const once = async (what: string, act: () => Promise<boolean>): Promise<void> => {
    if (seen.has(what)) return;
    if (await act().catch(() => false)) seen.add(what);
  };
  while (!(await isOver())) {
    await completeTasks(scene, diary, once, turns);
    await answerMails(scene, customerId, once);
    await decideIncidents(scene, diary, once, turns);
    await pause(100);
  }
}

type Once = (what: string, act: () => Promise<boolean>) => Promise<void>;

async function completeTasks(
  { store, client }: LifeScene,
  diary: Diary,
  once: Once,
  turns: Map<string, number>,
) {
  const { items } = await store.userTasks.search({ filter: { state: 'CREATED' } });
  for (const { instanceId, taskId, elementId } of items) {
    const habit = HABITS[elementId];
    if (!habit) continue;
    const what = `complete ${instanceId} ${taskId}`;
    const turn = turns.get(what) ?? 1;
    await once(what, async () => {
      const requestId = `${what} ${turn}`;
      const command = { instanceId, taskId, requestId, action: null, ...habit };
      const answer = await client.engine.completeTask(command);
      // Asked again under the same id when another worker is there.
      if (!answer.ok && answer.code === 'WORKER_UNAVAILABLE') return false;
      // The worker that opened it was lost: the person comes back later, with another request.
      if (!answer.ok && answer.code === 'DECISION_PENDING') {
        turns.set(what, turn + 1);
        diary.refused.push(`${elementId}: ${answer.code}`);
        return false;
      }
      if (!answer.ok) diary.surprises.push(`${elementId}: ${answer.code}`);
      diary.completed.push(elementId);
      return true;
    });
  }
}

/** Addresses of the sub-processors of a demonstration, and their ids. */
const SUBPROCESSORS: Readonly<Record<string, string>> = {
  'privacy@acme-mail.example': 'mailer',
  'privacidade@boa-metrica.example': 'analytics',
};

/** The customer gives the code that came by mail, and counts the rows of the package; sub-processors confirm. */
async function answerMails({ catcher, client, deps }: LifeScene, customerId: string, once: Once) {
  const publish = (name: string, key: string, variables: Variables): Promise<boolean> =>
    client.engine
      .publish({
        ...{ name, key, variables, timeToLive: 'PT1H' },
        messageId: `${name} ${key} ${JSON.stringify(variables)}`,
      })
      .then(() => true);
  const requests = await deps.record.table(ERASURE_REQUEST).of([customerId]);
  for (const { text, to } of await catcher.mailbox.list(1000)) {
    const [, code, reference = ''] = /(?:Code|Código): (\d{8})\s+\S+: (\S+)/.exec(text) ?? [];
    if (code) {
      await once(`code ${code}`, () => publish('identity.answered', reference, { code }));
    }
    const processor = SUBPROCESSORS[to[0] ?? ''];
    const asked = requests[0];
    if (!processor || !asked) continue;
    const key = `${asked.requestId}:${processor}`;
    await once(`confirmed ${key}`, () => publish('subprocessor.confirmed', key, {}));
  }
  for (const row of await deps.record.table(EXPORT).of([customerId])) {
    if (row.linkExpiresAt === null || row.state !== 'in-progress') continue;
    await once(`rows ${row.exportId}`, () =>
      publish('export.confirmed', row.exportId, { rowCount: row.rows }),
    );
  }
}

/** What an incident says when nobody can tell whether a mail went. */
const UNKNOWN_MAIL = /EMAIL_OUTCOME_UNKNOWN: .* mail '([^']+)'/;

/** Looks into the books of the mail server, and says what is there. */
async function decideIncidents(
  { store, client, catcher }: LifeScene,
  diary: Diary,
  once: Once,
  turns: Map<string, number>,
) {
  const { items } = await store.incidents.search({ filter: { state: 'ACTIVE' } });
  for (const { instanceId, incidentId, code, message, elementId } of items) {
    const what = `decide ${instanceId} ${incidentId}`;
    await once(what, async () => {
      const [, key] = UNKNOWN_MAIL.exec(message ?? '') ?? [];
      if (key !== undefined) {
        const mails = await catcher.mailbox.list(1000);
        const went = mails.some(({ messageId }) => messageId?.startsWith(`<${key}@`));
        // Said before, when the engine was away in between.
        if ((await store.effects.get(key))?.state === 'unknown') {
          // What did not go is sent once more because the incident is tried again.
          if (went) await store.effects.decide(key, { how: 'done', response: null });
          diary.decided.push(went ? 'it went' : 'it did not go');
        }
      } else diary.surprises.push(`${elementId}: ${code} ${message ?? ''}`);
      const turn = turns.get(what) ?? 1;
      const command = { instanceId, incidentId, variables: {}, how: 'retry' as const };
      const requestId = `${what} ${turn}`;
      const answer = await client.engine.resolveIncident({ ...command, actor: 'otto', requestId });
      if (answer.ok) return true;
      diary.refused.push(`${elementId} ${incidentId}: ${answer.code}`);
      if (answer.code === 'DECISION_PENDING') turns.set(what, turn + 1);
      return false;
    });
  }
}
