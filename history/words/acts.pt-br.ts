/** An act as a sentence in Brazilian Portuguese: what a person did, or was not let do. Class: pure. */
import type { ActRow } from '../../contracts/control.js';
import { modificationPhrase, objectPhrase, throughPhrase } from '../phrases.js';

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
  readValues: ['leu valores de', 'ler valores de'],
  'audit.erased': ['apagou a parte pessoal de', 'apagar a parte pessoal de'],
  'journal.anchored': ['ancorou o diário de', 'ancorar o diário de'],
  'journal.replaced': ['substituiu o fim do diário de', 'substituir o fim do diário de'],
};

const OUTCOMES: Readonly<Record<string, string>> = { refused: 'recusado', failed: 'falhou' };

/** `concluiu tarefa 51e75e5b/approve:3 com 'approve'`; what was refused or failed begins with that. */
export function actPt({ action, object, outcome, code, data }: ActRow): string {
  const [done, wanted] = TEXTS[action] ?? [action, action];
  const detail = detailOf(action, data ?? {}) + throughPhrase(data, THROUGH);
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

const THROUGH: Readonly<Record<string, string>> = {
  demonstration: 'a demonstração o fez em seu nome',
  'mail link': 'pelo link de um e-mail',
};

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

const MODIFICATION = {
  cancelled: 'encerrou',
  activated: 'pôs um token em',
  moved: 'moveu',
  to: 'para',
};

/** `encerrou check:7; pôs um token em ship`, of what the journal or the audit keeps of a modification. */
export const modifiedText = (
  data: NonNullable<ActRow['data']>,
  called?: (id: string) => string,
): string => modificationPhrase(data, MODIFICATION, called);

const KINDS: Readonly<Record<string, string>> = {
  instance: 'instância',
  task: 'tarefa',
  incident: 'incidente',
  process: 'processo',
  message: 'mensagem',
  signal: 'sinal',
};

const objectText = (object: string): string => objectPhrase(object, (kind) => KINDS[kind] ?? kind);
