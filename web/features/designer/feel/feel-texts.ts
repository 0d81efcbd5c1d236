import { defineTexts } from '../../../texts/texts.js';

/** Texts about expressions. */
export const FEEL_TEXTS = defineTexts(
  'feel',
  {
    aboutFunction: 'Function {{name}}',
    badJson: 'This is no JSON',
    close: 'Close',
    data: 'Data, in JSON',
    declared: 'Declared in process.yaml',
    example: 'For example',
    ownData: 'Data of my own',
    sample: 'With the data of',
    title: 'Try the expression',
    writtenIn: 'Written in {{places}}',
  },
  {
    aboutFunction: 'Função {{name}}',
    badJson: 'Isto não é JSON',
    close: 'Fechar',
    data: 'Dados, em JSON',
    declared: 'Declarada em process.yaml',
    example: 'Por exemplo',
    ownData: 'Dados próprios',
    sample: 'Com os dados de',
    title: 'Experimentar a expressão',
    writtenIn: 'Escrita em {{places}}',
  },
);
