import { Select, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../../../texts/texts.js';
import { SET_VARIABLE_TEXTS } from './texts.js';
import { type Typed, typedValue, VALUE_TYPES, type ValueType } from './value.js';

/** Type and value. The type stays that of the value that is there, unless another one is chosen. */
export function ValueField({
  typed,
  before,
  onChange,
}: {
  readonly typed: Typed;
  /** Null: it is new. */
  readonly before: ValueType | null;
  readonly onChange: (typed: Typed) => void;
}): ReactNode {
  const say = useTexts(SET_VARIABLE_TEXTS);
  const { type, text } = typed;
  const error = typedValue(typed) === undefined && say(type === 'number' ? 'notNumber' : 'notJson');
  const common = {
    label: say('value'),
    value: text,
    error,
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      onChange({ type, text: currentTarget.value }),
  };
  return (
    <>
      <Select
        label={say('type')}
        allowDeselect={false}
        data={VALUE_TYPES.map((value) => ({ value, label: say(`type_${value}`) }))}
        value={type}
        {...(before !== null &&
          before !== type && {
            description: say('typeChanged', { type: say(`type_${before}`) }),
          })}
        onChange={(value) => {
          const wanted = VALUE_TYPES.find((one) => one === value) ?? type;
          onChange({ type: wanted, text: wanted === 'boolean' ? 'true' : text });
        }}
      />
      {type === 'boolean' ? (
        <Select
          label={say('value')}
          allowDeselect={false}
          data={[
            { value: 'true', label: say('yes') },
            { value: 'false', label: say('no') },
          ]}
          value={text}
          onChange={(value) => onChange({ type, text: value ?? text })}
        />
      ) : type === 'number' ? (
        <TextInput inputMode="decimal" {...common} />
      ) : (
        <Textarea
          autosize
          minRows={2}
          maxRows={14}
          {...(type === 'json' && { styles: { input: { fontFamily: 'monospace' } } })}
          {...common}
        />
      )}
    </>
  );
}
