/** Reading what form-js writes. Class: pure. Source: form-js schema version 19. */
import { type FieldType, isContext, type Json, own, type RawComponent } from '../model/index.js';

/** Types of fields that are checked. */
const FIELD_TYPES: readonly FieldType[] = [
  'textfield',
  'textarea',
  'number',
  'checkbox',
  'select',
  'radio',
  'checklist',
  'taglist',
  'datetime',
];

/** Types that show something and hold nothing. */
export const SHOWN_TYPES: readonly string[] = [
  'button',
  'documentPreview',
  'expression',
  'html',
  'iframe',
  'image',
  'separator',
  'spacer',
  'table',
  'text',
];

/** Whether a type is one of a field that holds a value. */
export function isFieldType(type: string): type is FieldType {
  return (FIELD_TYPES as readonly string[]).includes(type);
}

/** The text of an entry; null when it is absent, empty or no text. */
export function textOf(raw: RawComponent, name: string): string | null {
  const value = own(raw, name);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** What a component's `validate` says. */
export function rulesOf(raw: RawComponent): RawComponent {
  const rules = own(raw, 'validate');
  return isContext(rules) ? rules : {};
}

/** The FEEL of a text that begins with `=`; null for any other value. */
export function feelOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value.trim().startsWith('=') ? value.trim().slice(1) : null;
}
