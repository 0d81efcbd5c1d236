import { defineTexts } from '../../texts/texts.js';

/** Texts about who sees values. */
export const VALUES_TEXTS = defineTexts(
  'values',
  {
    askTitle: 'Values are masked until you say why you look',
    given: 'Values are shown for: {{reason}}. The audit keeps it.',
    hide: 'Mask again',
    kept: 'The audit keeps that you read values here.',
    masked:
      'Values are masked: as a designer you see what runs and where it stands, not what is in it.',
    maskedBeyond:
      'Values of customers whom you do not look after are masked: as a designer you see what runs and where it stands.',
    reason: 'Why you look',
    reasonAbout: 'Kept in the audit, with what you read.',
    show: 'Show values',
  },
  {
    askTitle: 'Os valores ficam ocultos até você dizer por que consulta',
    given: 'Valores visíveis para: {{reason}}. A auditoria guarda isso.',
    hide: 'Ocultar de novo',
    kept: 'A auditoria registra que você leu valores aqui.',
    masked:
      'Os valores estão ocultos: como designer você vê o que roda e onde está, não o que contém.',
    maskedBeyond:
      'Os valores de clientes que você não atende estão ocultos: como designer você vê o que roda e onde está.',
    reason: 'Por que você consulta',
    reasonAbout: 'Fica na auditoria, com o que você leu.',
    show: 'Mostrar valores',
  },
);
