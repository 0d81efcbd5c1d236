import { defineTexts } from '../texts/texts.js';

/** Texts of the parts that pages share. */
export const PARTS_TEXTS = defineTexts(
  'parts',
  {
    again: 'Try again',
    close: 'Close',
    empty: 'Nothing here',
    erased: '⟨erased, certificate {{number}}⟩',
    failed: 'This could not be loaded',
    forbidden: 'Your roles do not let you see this.',
    loading: 'Loading',
    missing: 'It is not there, or not yours to see.',
    more: 'Show more',
    number: 'Number of the request: {{id}}',
    offline:
      'Nothing answers. What is shown may be old; it is read again as soon as there is a connection.',
    ordered: 'Sorted by {{name}}',
    ofAll_one: '{{shown}} of {{count}}',
    ofAll_other: '{{shown}} of {{count}}',
    ofMore: '{{shown}} of more than {{count}}',
  },
  {
    again: 'Tentar de novo',
    close: 'Fechar',
    empty: 'Não há nada aqui',
    erased: '⟨apagado, certificado {{number}}⟩',
    failed: 'Não foi possível carregar',
    forbidden: 'Seus papéis não permitem ver isto.',
    loading: 'Carregando',
    missing: 'Não existe, ou não cabe a você ver.',
    more: 'Mostrar mais',
    number: 'Número do pedido: {{id}}',
    offline:
      'Nada responde. O que aparece pode ser antigo; será lido de novo assim que houver conexão.',
    ordered: 'Ordenado por {{name}}',
    ofAll_one: '{{shown}} de {{count}}',
    ofAll_other: '{{shown}} de {{count}}',
    ofMore: '{{shown}} de mais de {{count}}',
  },
);
