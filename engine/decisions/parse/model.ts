/** The elements that moddle makes of a file, as far as they are read; absent means that the file has none. */

/** What every element may have. */
export interface DmnElement {
  readonly $type: string;
  readonly id?: string;
  readonly name?: string;
}

/** Text in a language, FEEL unless it says otherwise. */
export interface DmnText extends DmnElement {
  readonly text?: string;
  readonly expressionLanguage?: string;
  readonly typeRef?: string;
}

/** A boxed expression; which entries it has depends on its type. */
export interface DmnExpression extends DmnText {
  readonly contextEntry?: readonly DmnContextEntry[];
  readonly elements?: readonly DmnExpression[];
  readonly column?: readonly DmnElement[];
  readonly row?: readonly DmnExpression[];
}

/** An entry of a boxed context. */
export interface DmnContextEntry extends DmnElement {
  readonly variable?: DmnElement;
  readonly value?: DmnExpression;
}

/** A decision table. */
export interface DmnTable extends DmnExpression {
  readonly hitPolicy?: string;
  readonly aggregation?: string;
  readonly input?: readonly DmnInput[];
  readonly output?: readonly DmnOutput[];
  readonly rule?: readonly DmnRule[];
}

/** A column of conditions. */
export interface DmnInput extends DmnElement {
  readonly label?: string;
  readonly inputExpression?: DmnText;
  readonly inputValues?: DmnText;
}

/** A column of results. */
export interface DmnOutput extends DmnElement {
  readonly label?: string;
  readonly typeRef?: string;
  readonly outputValues?: DmnText;
  readonly defaultOutputEntry?: DmnText;
}

/** A row of a table. */
export interface DmnRule extends DmnElement {
  readonly description?: string;
  readonly inputEntry?: readonly DmnText[];
  readonly outputEntry?: readonly DmnText[];
  readonly annotationEntry?: readonly { readonly text?: string }[];
}

/** A reference such as `#Decision_1`. */
export interface DmnReference {
  readonly href?: string;
}

/** A decision. */
export interface DmnDecision extends DmnElement {
  readonly variable?: DmnElement;
  readonly informationRequirement?: readonly (DmnElement & {
    readonly requiredDecision?: DmnReference;
    readonly requiredInput?: DmnReference;
  })[];
  readonly decisionLogic?: DmnExpression;
}

/** A type that the file defines. */
export interface DmnItemDefinition extends DmnElement {
  readonly typeRef?: string;
  readonly isCollection?: boolean;
  readonly allowedValues?: DmnText;
  readonly itemComponent?: readonly DmnItemDefinition[];
}

/** A file. */
export interface DmnDefinitions extends DmnElement {
  readonly expressionLanguage?: string;
  readonly drgElement?: readonly DmnDecision[];
  readonly itemDefinition?: readonly DmnItemDefinition[];
}
