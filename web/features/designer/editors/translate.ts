/** Texts of the modeler in Portuguese, as far as people meet them; what is not here stays as it is. Class: pure. */
const PT_BR: Readonly<Record<string, string>> = {
  'Activate hand tool': 'Ativar a mão',
  'Activate lasso tool': 'Ativar o laço',
  'Activate create/remove space tool': 'Criar ou remover espaço',
  'Activate global connect tool': 'Ativar a ligação',
  'Append element': 'Anexar elemento',
  'Change element': 'Trocar elemento',
  'Connect to other element': 'Ligar a outro elemento',
  'Connect using sequence flow': 'Ligar por fluxo de sequência',
  'Create element': 'Criar elemento',
  'Create end event': 'Criar evento de fim',
  'Create start event': 'Criar evento de início',
  'Create task': 'Criar tarefa',
  'Create gateway': 'Criar gateway',
  'Create intermediate/boundary event': 'Criar evento intermediário ou de borda',
  'Create expanded sub-process': 'Criar subprocesso',
  'Create pool/participant': 'Criar participante',
  'Create group': 'Criar grupo',
  'Create data object reference': 'Criar objeto de dados',
  'Create data store reference': 'Criar depósito de dados',
  Delete: 'Excluir',
  'Add text annotation': 'Acrescentar anotação',
  Search: 'Buscar',
  General: 'Geral',
  Documentation: 'Documentação',
  Name: 'Nome',
  ID: 'ID',
  Executable: 'Executável',
  Assignment: 'Atribuição',
  Assignee: 'Responsável',
  'Candidate groups': 'Grupos candidatos',
  'Candidate users': 'Pessoas candidatas',
  'Due date': 'Prazo',
  'Follow up date': 'Data de retomada',
  Form: 'Formulário',
  'Task definition': 'Definição da tarefa',
  Type: 'Tipo',
  Retries: 'Tentativas',
  Inputs: 'Entradas',
  Outputs: 'Saídas',
  Headers: 'Cabeçalhos',
  Condition: 'Condição',
  Timer: 'Temporizador',
  Message: 'Mensagem',
  Template: 'Modelo',
};

/** The module that the modeler takes for its texts. */
export function translateModule(locale: string): object {
  const words = locale === 'pt-BR' ? PT_BR : {};
  const translate = (text: string, facts: Readonly<Record<string, string>> = {}): string =>
    (words[text] ?? text).replace(/\{([^}]+)\}/g, (whole, name: string) => facts[name] ?? whole);
  return { translate: ['value', translate] };
}
