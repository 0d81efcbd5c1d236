import { JsonInput, type JsonInputProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../../../texts/texts.js';
import { DESIGNER_TEXTS } from '../texts.js';

/** A field for JSON that grows with what is in it, and says where that is none. */
export function JsonField(
  props: Pick<
    JsonInputProps,
    'label' | 'value' | 'onChange' | 'minRows' | 'maxRows' | 'size' | 'mt'
  >,
): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  return <JsonInput validationError={say('badJson')} autosize {...props} />;
}
