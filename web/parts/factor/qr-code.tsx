import type { ReactNode } from 'react';
import { encode } from 'uqr';

/** White around it, in modules: cameras want four. Source: ISO/IEC 18004 §6.3.8. */
const QUIET = 4;

/** A QR code of a text, drawn here: what it says goes to nobody. Dark on white in every scheme, as cameras read it. */
export function QrCode({
  text,
  label,
}: {
  readonly text: string;
  readonly label: string;
}): ReactNode {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  const path = data
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('');
  return (
    <svg
      role="img"
      aria-label={label}
      {...{ viewBox: `0 0 ${size} ${size}` }}
      {...{ width: 208, height: 208, shapeRendering: 'crispEdges' }}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
