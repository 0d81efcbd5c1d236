/** Colours and sizes of the app: one place, both themes. Contrast is held to WCAG 2.2 AA by the browser tests. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The blue of our mark, from pale to deep. */
const jornada: MantineColorsTuple = [
  '#eef3ff',
  '#dbe5fd',
  '#b4c8f8',
  '#8aa9f3',
  '#678fef',
  '#4f7eed',
  '#3a6be0',
  '#1f4fbf',
  '#1a43a4',
  '#12368a',
];

/** Handed to Mantine. */
export const theme = createTheme({
  colors: { jornada },
  primaryColor: 'jornada',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  headings: { fontFamily: 'inherit', fontWeight: '650' },
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** What the kit sets too pale to be read by everybody. */
export const variables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    ...{ '--mantine-color-dimmed': colors.gray[7], '--mantine-color-error': colors.red[9] },
    // The darkest yellow of the kit is not dark enough on the palest.
    '--mantine-color-yellow-light-color': '#754a00',
  },
  dark: { '--mantine-color-dimmed': colors.gray[5], '--mantine-color-error': colors.red[4] },
});
