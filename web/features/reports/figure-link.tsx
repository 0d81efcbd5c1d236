import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type {
  ClockFigures,
  ElementFigures,
  Figure,
  InstanceFigures,
} from '../../../contracts/reports.js';
import { figureText } from '../../../reports/text.js';
import { REPORT_WORDS } from '../../../reports/words.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { narrowingOf } from '../instances/narrowing.js';
import { REPORTS_TEXTS } from './texts.js';

/** A number that opens to the instances behind it; where there is nothing to tell, a dash. */
export function FigureLink({
  name,
  figure: { value, filter },
  size,
}: {
  readonly name: keyof InstanceFigures | keyof ElementFigures | keyof ClockFigures;
  readonly figure: Figure;
  readonly size?: string;
}): ReactNode {
  const say = useTexts(REPORTS_TEXTS);
  const locale = useLocale();
  const text = figureText(name, value, locale);
  if (value === null) return <span className="app-number">{text}</span>;
  return (
    <Anchor
      component={Link}
      to="/instances"
      search={narrowingOf(filter) as never}
      className="app-number"
      aria-label={say('opens', { name: REPORT_WORDS[locale][name], value: text })}
      {...(size !== undefined && { fz: size, fw: 600 })}
    >
      {text}
    </Anchor>
  );
}
