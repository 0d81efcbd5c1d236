/**
 * The reader of BPMN XML: bpmn-moddle with the vocabulary `zeebe:`. One instance serves every file; it keeps
 * nothing between two files.
 */
import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };

/** A property of a type in moddle's description of the schema. */
export interface ModdleProperty {
  readonly name: string;
  readonly type: string;
  readonly ns: { readonly name: string; readonly localName: string };
  readonly isMany?: boolean;
  readonly isAttr?: boolean;
  readonly isReference?: boolean;
  readonly isVirtual?: boolean;
}

/** A type of the schema. */
export interface ModdleType {
  readonly $descriptor: ModdleDescriptor;
  hasType(name: string): boolean;
}

/** What moddle knows of a type; `propertiesByName` has qualified and, for own ones, short names. */
export interface ModdleDescriptor {
  readonly name: string;
  readonly properties: readonly ModdleProperty[];
  readonly propertiesByName: Readonly<Record<string, ModdleProperty | undefined>>;
  readonly bodyProperty?: ModdleProperty;
}

/** A vocabulary of moddle. */
export interface ModdlePackage {
  readonly name: string;
  readonly prefix: string;
  readonly uri: string;
  readonly types: readonly unknown[];
  readonly enumerations?: readonly {
    readonly name: string;
    readonly literalValues: readonly { readonly name: string }[];
  }[];
}

/** An element of the file; its properties are read through `properties.ts`. */
export interface ModdleElement {
  readonly $type: string;
  readonly $parent?: ModdleElement;
  readonly $descriptor: ModdleDescriptor;
  readonly $attrs?: Readonly<Record<string, string>>;
  $instanceOf?(type: string): boolean;
  get(name: string): unknown;
  set(name: string, value: unknown): void;
}

/** Something that moddle met and left out. */
export interface ModdleWarning {
  readonly message: string;
  readonly error?: Error;
  readonly element?: ModdleElement;
  readonly property?: string;
  readonly value?: string;
}

/** A file as moddle reads it. */
export interface ModdleDocument {
  readonly rootElement: ModdleElement;
  readonly elementsById: Readonly<Record<string, ModdleElement | undefined>>;
  readonly references: readonly {
    readonly element: ModdleElement;
    readonly property: string;
    readonly id: string;
  }[];
  readonly warnings: readonly ModdleWarning[];
}

/** `zeebe:publishMessage` is part of the vocabulary, but not of the published description. */
const PUBLISH_MESSAGE = {
  name: 'PublishMessage',
  superClass: ['Element'],
  properties: ['correlationKey', 'messageId', 'timeToLive'].map((name) => ({
    name,
    type: 'String',
    isAttr: true,
  })),
};

/** What is used of the reader. */
interface ModdleReader {
  fromXML(xml: string): Promise<ModdleDocument>;
  /** Throws on a name that no vocabulary has. */
  getType(name: string): ModdleType;
  getPackage(prefix: string): ModdlePackage | undefined;
}

/** The one reader. */
export const moddle = new BpmnModdle({
  zeebe: { ...zeebe, types: [...zeebe.types, PUBLISH_MESSAGE] },
}) as unknown as ModdleReader;
