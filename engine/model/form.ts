/** A form of form-js, as far as its submissions are judged. Plain JSON: a compiled process carries those of its tasks. */
import type { Json } from './json.js';

/** JSON object of a component as it stands in the file. */
export type RawComponent = { readonly [key: string]: Json };

/** Types of fields that are judged. */
export type FieldType =
  | 'textfield'
  | 'textarea'
  | 'number'
  | 'checkbox'
  | 'select'
  | 'radio'
  | 'checklist'
  | 'taglist'
  | 'datetime';

/** A field that holds a value. */
export interface Field {
  readonly kind: 'field';
  readonly type: FieldType;
  /** Path of its value, from the level that it is on. */
  readonly path: readonly string[];
  /** FEEL without `=`; null: always shown. */
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
  /** Of its buttons that have one: what an answer may be sent by. Empty: by anything. */
  readonly actions: readonly string[];
}
