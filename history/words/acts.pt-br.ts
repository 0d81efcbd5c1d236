/** An act as a sentence in Brazilian Portuguese: what a person did, or was not let do. Class: pure. */
import type { ActRow } from '../../contracts/control.js';
import { shownInstance } from '../wording.js';

/** How an act is told that was done, and one that was not. */
const TEXTS: Readonly<Record<string, readonly [done: string, wanted: string]>> = {
  deploy: ['implantou', 'implantar'],
  run: ['iniciou', 'iniciar'],
  completeTask: ['concluiu', 'concluir'],
  assignTask: ['atribuiu', 'atribuir'],
  delegateTask: ['delegou', 'delegar'],
  returnTask: ['devolveu', 'devolver'],
  updateTask: ['alterou', 'alterar'],
  commentTask: ['comentou', 'comentar'],
  resolveIncident: ['resolveu', 'resolver'],
  cancelInstance: ['cancelou', 'cancelar'],
  suspendInstance: ['suspendeu', 'suspender'],
  resumeInstance: ['retomou', 'retomar'],
  setVariables: ['gravou variáveis de', 'gravar variáveis de'],
  modifyInstance: ['modificou', 'modificar'],
  migrateInstance: ['migrou', 'migrar'],
  retryDecision: ['mandou tentar de novo', 'tentar de novo'],
  dropEvent: ['descartou um evento de', 'descartar um evento de'],
  publish: ['publicou', 'publicar'],
  correlate: ['correlacionou', 'correlacionar'],
  broadcast: ['emitiu', 'emitir'],
  'audit.erased': ['apagou a parte pessoal de', 'apagar a parte pessoal de'],
  'journal.anchored': ['ancorou o diário de', 'ancorar o diário de'],
  'journal.replaced': ['substituiu o fim do diário de', 'substituir o fim do diário de'],
};

const OUTCOMES: Readonly<Record<string, string>> = { refused: 'recusado', failed: 'falhou' };

/** `concluiu tarefa 51e75e5b/approve:3 com 'approve'`; what was refused or failed begins with that. */
export function actPt({ action, object, outcome, code, data }: ActRow): string {
  const [done, wanted] = TEXTS[action] ?? [action, action];
  const detail = detailOf(action, data ?? {});
  if (outcome !== 'done') {
    const why = code === null ? '' : ` (${code})`;
    return `${OUTCOMES[outcome] ?? outcome}: ${wanted} ${objectText(object)}${detail}${why}`;
  }
  if (action === 'run' && data?.isNew === false)
    return `pediu ${objectText(object)}, que já existia`;
  if (data?.isDryRun === true) {
    return `viu o que aconteceria: ${wanted} ${objectText(object)}${detail}`;
  }
  return `${done} ${objectText(object)}${detail}`;
}

function detailOf(action: string, data: NonNullable<ActRow['data']>): string {
  if (action === 'completeTask' && typeof data.action === 'string') return ` com '${data.action}'`;
  if (action === 'assignTask') {
    return typeof data.assignee === 'string' ? ` a ${data.assignee}` : ' aos candidatos';
  }
  if (action === 'delegateTask') return ` a ${String(data.to)}`;
  if (action === 'updateTask' && Array.isArray(data.changed)) return `: ${data.changed.join(', ')}`;
  if (action === 'modifyInstance') return `: ${modifiedText(data)}`;
  if (action === 'migrateInstance' && typeof data.to === 'number')
    return ` para a versão ${data.to}`;
  if (action === 'dropEvent') return ` (${String(data.kind)})`;
  if (action === 'setVariables' && Array.isArray(data.variables))
    return `: ${data.variables.join(', ')}`;
  return '';
}

/** `encerrou check:7; pôs um token em ship`, of what the journal or the audit keeps of a modification. */
export function modifiedText(
  { cancelled, activated, moved }: NonNullable<ActRow['data']>,
  called: (id: string) => string = (id) => id,
): string {
  const texts = (value: unknown): readonly string[] =>
    Array.isArray(value) ? value.map((one) => called(String(one))) : [];
  const moves = (Array.isArray(moved) ? moved : []).map((move) => {
    const { from, to } = Object(move) as { readonly from?: unknown; readonly to?: unknown };
    return `${called(String(from))} para ${called(String(to))}`;
  });
  const parts = [
    ['encerrou', texts(cancelled)],
    ['pôs um token em', texts(activated)],
    ['moveu', moves],
  ] as const;
  return parts
    .filter(([, ids]) => ids.length > 0)
    .map(([did, ids]) => `${did} ${ids.join(', ')}`)
    .join('; ');
}

const KINDS: Readonly<Record<string, string>> = {
  instance: 'instância',
  task: 'tarefa',
  incident: 'incidente',
  process: 'processo',
  message: 'mensagem',
  signal: 'sinal',
};
const OF_INSTANCES = ['instance', 'task', 'incident'];

/** `task:ID/approve:3` → `tarefa 51e75e5b/approve:3`. */
function objectText(object: string): string {
  return object
    .split(' ')
    .map((part) => {
      const at = part.indexOf(':');
      if (at < 0) return part;
      const [kind, id] = [part.slice(0, at), part.slice(at + 1)];
      const word = KINDS[kind] ?? kind;
      if (!OF_INSTANCES.includes(kind)) return `${word} ${id}`;
      const [instanceId = '', ...rest] = id.split('/');
      return [`${word} ${shownInstance(instanceId)}`, ...rest].join('/');
    })
    .join(', ');
}
