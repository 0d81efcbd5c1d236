/** An act as a sentence in Brazilian Portuguese: what a person did, or was not let do. Class: pure. */
import type { ActRow } from '../../contracts/control.js';
import type { KnownAct, OwnAct } from '../acts.js';
import {
  type Called,
  modificationPhrase,
  NOBODY_NAMED,
  type ToldAct,
  throughPhrase,
  toldOf,
} from '../phrases.js';

/** How an act is told that was done, and one that was not. */
const TEXTS: Readonly<Record<KnownAct, ToldAct>> = {
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
  importCustomers: ['importou', 'importar'],
  rebuild: ['reconstruiu', 'reconstruir'],
  testConnector: ['testou', 'testar'],
  setUp: ['tornou-se o primeiro administrador,', 'tornar-se o primeiro administrador,'],
  addUser: ['adicionou', 'adicionar'],
  changeUser: ['alterou', 'alterar'],
  enableUser: ['reativou', 'reativar'],
  disableUser: ['desativou', 'desativar'],
  makeSetUpLink: ['criou um link para', 'criar um link para'],
  makePasswordLink: ['criou um link de senha para', 'criar um link de senha para'],
  setPassword: ['definiu uma senha pelo link de', 'definir uma senha pelo link de'],
  changePassword: ['alterou a senha de', 'alterar a senha de'],
  signIn: ['entrou como', 'entrar como'],
  signOut: ['saiu como', 'sair como'],
  endSession: ['encerrou uma sessão de', 'encerrar uma sessão de'],
  createToken: ['criou um token de API para', 'criar um token de API para'],
  revokeToken: ['revogou um token de API de', 'revogar um token de API de'],
  request: ['chamou', 'chamar'],
  exportAudit: ['exportou', 'exportar'],
  viewCase: ['consultou o caso de', 'consultar o caso de'],
  exportCase: ['baixou o dossiê de', 'baixar o dossiê de'],
  exportLog: ['começou a baixar uma cópia de', 'baixar uma cópia de'],
  exportedLog: ['baixou uma cópia de', 'baixar uma cópia de'],
  viewCustomer: ['consultou', 'consultar'],
  'audit.key': ['indicou uma chave de', 'indicar uma chave de'],
  deleteInstance: ['excluiu', 'excluir'],
  decideByLink: ['decidiu', 'decidir'],
  attachToTask: ['anexou um arquivo a', 'anexar um arquivo a'],
  readTaskAttachment: ['abriu um arquivo de', 'abrir um arquivo de'],
  removeTaskAttachment: ['removeu um arquivo de', 'remover um arquivo de'],
  beginBatch: ['começou', 'começar'],
  suspendBatch: ['pausou', 'pausar'],
  resumeBatch: ['retomou', 'retomar'],
  cancelBatch: ['cancelou', 'cancelar'],
  setPortfolio: ['definiu quem cuida de', 'definir quem cuida de'],
  addSubstitute: ['indicou um substituto para', 'indicar um substituto para'],
  removeSubstitute: ['encerrou a substituição de', 'encerrar a substituição de'],
  addView: ['salvou', 'salvar'],
  changeView: ['alterou', 'alterar'],
  removeView: ['removeu', 'remover'],
  createDraft: ['começou', 'começar'],
  uploadDraft: ['enviou arquivos para', 'enviar arquivos para'],
  submitDraft: ['enviou para revisão', 'enviar para revisão'],
  returnDraft: ['devolveu', 'devolver'],
  discardDraft: ['descartou', 'descartar'],
  publishDraft: ['publicou', 'publicar'],
  addHook: ['adicionou', 'adicionar'],
  changeHook: ['alterou', 'alterar'],
  removeHook: ['removeu', 'remover'],
  rotateHookSecret: ['trocou o segredo de', 'trocar o segredo de'],
  addWebhook: ['adicionou', 'adicionar'],
  changeWebhook: ['alterou', 'alterar'],
  removeWebhook: ['removeu', 'remover'],
  rotateWebhookSecret: ['trocou o segredo de', 'trocar o segredo de'],
  replayWebhook: ['enviou de novo o que era para', 'enviar de novo o que era para'],
  breakGlass: ['entrou pela conta de emergência', 'entrar pela conta de emergência'],
  beginFactor: ['começou um segundo fator de', 'começar um segundo fator de'],
  confirmFactor: ['configurou um segundo fator de', 'configurar um segundo fator de'],
  showFactor: ['mostrou o segundo fator de', 'mostrar o segundo fator de'],
  useRecoveryCode: ['usou um código de recuperação de', 'usar um código de recuperação de'],
  renewRecoveryCodes: [
    'criou novos códigos de recuperação de',
    'criar novos códigos de recuperação de',
  ],
  removeFactor: ['removeu o segundo fator de', 'remover o segundo fator de'],
  forgetProvisioned: ['liberou do provisionamento', 'liberar do provisionamento'],
  exportList: ['baixou a lista', 'baixar a lista'],
  'journal.deleted': ['excluiu o diário de', 'excluir o diário de'],
  'audit.erased': ['apagou a parte pessoal de', 'apagar a parte pessoal de'],
  'journal.anchored': ['ancorou o diário de', 'ancorar o diário de'],
  'journal.replaced': ['substituiu o fim do diário de', 'substituir o fim do diário de'],
};

const OWN: Readonly<Record<OwnAct, ToldAct>> = {
  signIn: ['entrou', 'entrar'],
  signOut: ['saiu', 'sair'],
  changePassword: ['alterou a própria senha', 'alterar a própria senha'],
  breakGlass: ['entrou pela conta de emergência', 'entrar pela conta de emergência'],
};

const OUTCOMES: Readonly<Record<string, string>> = { refused: 'recusado', failed: 'falhou' };

/** `concluiu tarefa 51e75e5b/approve:3 com 'approve'`; what was refused or failed begins with that. */
export function actPt(act: ActRow, called: Called = NOBODY_NAMED): string {
  const { action, outcome, code, data } = act;
  const [done, wanted, what] = toldOf(act, { texts: TEXTS, own: OWN, kinds: KINDS }, called);
  const detail = detailOf(action, data ?? {}) + throughPhrase(data, THROUGH);
  if (outcome !== 'done') {
    const why = code === null ? '' : ` (${code})`;
    return `${OUTCOMES[outcome] ?? outcome}: ${wanted}${what}${detail}${why}`;
  }
  if (action === 'run' && data?.isNew === false) return `pediu${what}, que já existia`;
  if (data?.isDryRun === true) {
    return `viu o que aconteceria: ${wanted}${what}${detail}`;
  }
  return `${done}${what}${detail}`;
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
  if (action === 'importCustomers' && data.taken !== undefined) {
    return `: ${data.taken} aceitos, ${data.unchanged} sem mudança, ${data.known} conhecidos, ${data.rejected} recusados`;
  }
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
  user: 'usuário',
  customer: 'cliente',
  package: 'pacote',
  draft: 'rascunho',
  batch: 'lote',
  view: 'visão',
  hook: 'webhook de entrada',
  connector: 'conector',
  import: 'importação',
  certificate: 'certificado',
  log: 'registro',
  list: '',
  route: 'o que seus papéis não abrem, a rota',
};
