/** The door of `engine/forms`: forms in, what is wrong with them or with a submission out. Class: pure. */
export { buttonsOf, type FormButton } from './buttons.js';
export { fieldsOf, namesOf, type ShownField } from './fields.js';
export { localizeForm, missingTexts } from './localize.js';
export { type ParsedForm, parseForm } from './parse.js';
export { type FormProblem, validateSubmission } from './validate.js';
export type { FormContext } from './view.js';
