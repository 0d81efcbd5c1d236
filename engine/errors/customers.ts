import type { ErrorRow } from './kinds.js';

/** Codes of the customer record and of imports into it. No text holds what a person is called, or a tax id. */
export const CUSTOMER_ERRORS = {
  CSV_COLUMN_DOUBLED: {
    kind: 'rejection',
    text: "Expected each column once, but '{column}' is there twice; take one of them out.",
  },
  CSV_COLUMN_MISSING: {
    kind: 'rejection',
    text: 'Expected the columns {columns} in the first line, but there is no {missing}; add what is missing.',
  },
  CSV_ENCODING: {
    kind: 'rejection',
    text: "Expected '{file}' to be UTF-8, but line {line} is not; save it again as UTF-8.",
  },
  CSV_FILE_CHANGED: {
    kind: 'failure',
    text: "Expected '{file}' to stay as it is, but it was changed while it was read; import it again.",
  },
  CSV_HEADER_MISSING: {
    kind: 'rejection',
    text: "Expected the names of the columns in the first line of '{file}', but it is empty; write them there.",
  },
  CSV_QUOTE_OPEN: {
    kind: 'rejection',
    text: 'Expected a line of at most {limit} characters, but what begins at line {line} is longer or never ends; close its quotation mark. Nothing after it was read.',
  },
  CUSTOMER_CELLS: {
    kind: 'rejection',
    text: 'Expected {expected} cells as in the first line, but there are {found}; quote cells that hold a comma.',
  },
  CUSTOMER_CONTROL_CHARACTER: {
    kind: 'rejection',
    text: 'Expected text on one line, but there is a line end or another control character; take it out.',
  },
  CUSTOMER_COUNTRY: {
    kind: 'rejection',
    text: "Expected a country as ISO 3166-1 has it in two letters, but it is '{value}'; write it as PT or BR.",
  },
  CUSTOMER_CURRENCY: {
    kind: 'rejection',
    text: "Expected a currency of ISO 4217, but it is '{value}'; write it as EUR or BRL.",
  },
  CUSTOMER_ERASED: {
    kind: 'rejection',
    text: "Expected customer '{customer}' to be readable, but its key was destroyed; what was personal is gone for good.",
  },
  CUSTOMER_LOCALE: {
    kind: 'rejection',
    text: "Expected a language of BCP 47, but it is '{value}'; write it as pt-BR or en.",
  },
  CUSTOMER_MAIL: {
    kind: 'rejection',
    text: 'Expected one plain mail address, but it is none; write it as name@example.com.',
  },
  CUSTOMER_MRR: {
    kind: 'rejection',
    text: "Expected a whole number of minor units from 0, but it is '{value}'; write 49.00 as 4900.",
  },
  CUSTOMER_PLAN: {
    kind: 'rejection',
    text: "Expected one of the plans {plans}, but it is '{value}'; correct it.",
  },
  CUSTOMER_QUOTES: {
    kind: 'rejection',
    text: 'Expected quotation marks around whole cells and doubled within, but they stand otherwise; correct them.',
  },
  CUSTOMER_REQUIRED: {
    kind: 'rejection',
    text: 'Expected a value, but the cell is empty; fill it in.',
  },
  CUSTOMER_ROW_CHANGED: {
    kind: 'rejection',
    text: "Expected row '{row}' of version {version}, but {now}; read it again and decide anew.",
  },
  CUSTOMER_SINCE: {
    kind: 'rejection',
    text: "Expected a day as 2026-03-02, but it is '{value}'; write one that there is.",
  },
  CUSTOMER_TAX_ID_CHECK_DIGIT: {
    kind: 'rejection',
    text: 'Expected a tax id whose check digits fit, but they do not; look for a mistyped character.',
  },
  CUSTOMER_TAX_ID_FORMAT: {
    kind: 'rejection',
    text: 'Expected a tax id of the form that {country} has, but it has another; correct it, or the country.',
  },
  CUSTOMER_TAX_ID_KNOWN: {
    kind: 'rejection',
    text: "Expected a tax id that is new, but customer '{customer}' has it; nothing was changed, see to that customer.",
  },
  CUSTOMER_TOO_LONG: {
    kind: 'rejection',
    text: 'Expected at most {limit} characters, but there are {found}; shorten it.',
  },
  CUSTOMER_UNKNOWN: {
    kind: 'rejection',
    text: "Expected customer '{customer}' in the record, but it is not there; import or sign it up first.",
  },
  CUSTOMER_WAS_ERASED: {
    kind: 'rejection',
    text: 'Expected a customer whom nobody asked to erase, but this address is of one who was erased; take the line out of the file, and have them sign up if they came back.',
  },
  CUSTOMER_ZONE: {
    kind: 'rejection',
    text: "Expected a time zone of IANA, but it is '{value}'; write it as Europe/Lisbon.",
  },
  IMPORT_INTERRUPTED: {
    kind: 'failure',
    text: 'Expected the import to come to its end, but nothing more was sent; import the file again, what it took already is left as it is.',
  },
} as const satisfies Record<string, ErrorRow>;
