/** A form as form-js writes it, read into what a server has to know. Class: pure. Source: form-js schema version 19. */
import { isContext, type Json, own } from '../model/index.js';

/** JSON object of a component as it stands in the file. */
export type RawComponent = { readonly [key: string]: Json };

/** A field that holds a value. */
export interface Field {
  readonly kind: 'field';
  readonly type: FieldType;
  /** Path of its value, from the level that it is on. */
  readonly path: readonly string[];
  readonly hide: string | null;
  readonly raw: RawComponent;
}

/** Components inside one another: a group, or a list whose items all have the components. */
export interface Container {
  readonly kind: 'group' | 'list';
  /** Empty for a group without a path of its own. */
  readonly path: readonly string[];
  readonly hide: string | null;
  readonly children: readonly Component[];
}

/** A component that data has to do with; texts, images and the like are left out. */
export type Component = Field | Container;

/** A form. */
export interface Form {
  readonly id: string;
  readonly components: readonly Component[];
}

/** Types of fields that are checked. */
export const FIELD_TYPES = [
  'textfield',
  'textarea',
  'number',
  'checkbox',
  'select',
  'radio',
  'checklist',
  'taglist',
  'datetime',
] as const;

/** A type of field. */
export type FieldType = (typeof FIELD_TYPES)[number];

/** Types that show something and hold nothing. */
export const SHOWN_TYPES: readonly string[] = [
  'button',
  'expression',
  'html',
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
