/** Texts of starting a process. */
import { defineTexts } from '../../texts/texts.js';

/** Texts of the dialog. */
export const START_TEXTS = defineTexts(
  'start',
  {
    another: 'Start another',
    businessKey: 'Business key',
    businessKeyAbout: 'By which people find it; may stay empty',
    cancel: 'Cancel',
    form: 'Form',
    noCustomer: 'This form asks for no customer.',
    none: 'No process has a form by which people start it.',
    process: 'Process',
    processAbout: 'Those that people start, in their latest version',
    start: 'Start a process …',
    startIt: 'Start',
    started: 'Started: {{name}}',
    toInstance: 'Look at the instance',
  },
  {
    another: 'Iniciar outro',
    businessKey: 'Chave de negócio',
    businessKeyAbout: 'Pela qual as pessoas o encontram; pode ficar vazia',
    cancel: 'Cancelar',
    form: 'Formulário',
    noCustomer: 'Este formulário não pede cliente.',
    none: 'Nenhum processo tem formulário de início.',
    process: 'Processo',
    processAbout: 'Os que pessoas iniciam, na versão mais nova',
    start: 'Iniciar um processo …',
    startIt: 'Iniciar',
    started: 'Iniciado: {{name}}',
    toInstance: 'Ver a instância',
  },
);
