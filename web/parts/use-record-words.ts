/** Calls what the record and the engine name by their words. Class: side effect (the language that was chosen). */
import { defineTexts, useTexts } from '../texts/texts.js';
import { RECORD_WORDS } from './record-words.js';

const RECORD_TEXTS = defineTexts('record', RECORD_WORDS.en, RECORD_WORDS.ptBr);

type Key = keyof typeof RECORD_TEXTS.en;

/** Of what a value is: the kinds that there are words for. */
export type RecordField = Key extends `${infer F}_${string}` ? F : never;

/** Calls values by their words; one that there is no word for, as packages may bring, by itself. */
export function useRecordWords(): (field: RecordField, value: string) => string {
  const say = useTexts(RECORD_TEXTS);
  return (field, value) => {
    const key = `${field}_${value}`;
    return key in RECORD_TEXTS.en ? say(key as Key) : value;
  };
}
