/** What a viewer or a modeler of bpmn.io has drawn, and bringing it to an element. Class: side effect (of the diagram). */
import { kindOfType } from './kinds.js';
import { type DrawnNode, type Step, walk } from './walk.js';

/** A viewer or a modeler. */
export interface Drawing {
  readonly get: (name: string) => unknown;
}

interface Business {
  readonly id: string;
  readonly $type: string;
  readonly $parent?: Business;
  readonly $instanceOf: (type: string) => boolean;
  readonly name?: string;
  readonly triggeredByEvent?: boolean;
  readonly attachedToRef?: Business;
  readonly outgoing?: readonly { readonly targetRef?: Business }[];
}
/** An element with its place. */
export interface DrawnShape {
  readonly id: string;
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly labelTarget?: object;
  readonly businessObject: Business;
}
interface Registry {
  readonly get: (id: string) => DrawnShape | undefined;
  readonly getAll: () => readonly DrawnShape[];
}
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
interface Canvas {
  readonly viewbox: (
    box?: Box,
  ) => Box & { readonly outer: { readonly width: number; readonly height: number } };
  readonly zoom: (how?: 'fit-viewport' | number, centre?: 'auto') => number;
  readonly resized: () => void;
  readonly findRoot: (element: DrawnShape) => object | null;
  readonly getRootElement: () => object;
  readonly setRootElement: (root: object) => void;
}

/** Smaller than so, nobody reads the names of elements. */
const READABLE = 0.8;

const registryOf = (drawing: Drawing): Registry => drawing.get('elementRegistry') as Registry;

/** The element of that id. */
export const shapeOf = (drawing: Drawing, id: string): DrawnShape | undefined =>
  registryOf(drawing).get(id);

/** Its steps, in order. */
export const stepsOf = (drawing: Drawing): readonly Step[] =>
  walk(
    registryOf(drawing)
      .getAll()
      .flatMap((shape): readonly DrawnNode[] => (isNode(shape) ? [nodeOf(shape)] : [])),
  );

const isNode = ({ id, labelTarget, businessObject: of }: DrawnShape): boolean =>
  // A plane is a second shape of its sub-process.
  !labelTarget && of?.id === id && of.$instanceOf?.('bpmn:FlowNode') === true;

const nodeOf = ({ id, x = 0, y = 0, businessObject: of }: DrawnShape): DrawnNode => ({
  ...{ elementId: id, x, y, name: of.name?.trim() || null },
  kind: of.triggeredByEvent ? 'eventSubProcess' : kindOfType(of.$type),
  within: of.$parent?.id ?? '',
  host: of.attachedToRef?.id ?? null,
  next: (of.outgoing ?? []).flatMap(({ targetRef }) => targetRef?.id ?? []),
});

/** Brings it into the middle, large enough to be read. Elements that are not there change nothing. */
export function centreOn(drawing: Drawing, id: string): void {
  const shape = shapeOf(drawing, id);
  if (shape?.width === undefined) return;
  const canvas = drawing.get('canvas') as Canvas;
  // What stands beside it may have taken of its place since it was drawn.
  canvas.resized();
  const root = canvas.findRoot(shape);
  if (root && root !== canvas.getRootElement()) canvas.setRootElement(root);
  const scale = Math.max(canvas.zoom(), READABLE);
  const { outer } = canvas.viewbox();
  const [width, height] = [outer.width / scale, outer.height / scale];
  const { x = 0, y = 0, width: wide = 0, height: high = 0 } = shape;
  // On whole pixels, so that diagrams that move together lie alike.
  const whole = (at: number): number => Math.round(at * scale) / scale;
  const place = { x: whole(x + (wide - width) / 2), y: whole(y + (high - height) / 2) };
  canvas.viewbox({ ...place, width, height });
}

/** Zooms by a factor about the middle; null: all is seen. */
export function zoomBy(drawing: Drawing, factor: number | null): void {
  const canvas = drawing.get('canvas') as Canvas;
  canvas.resized();
  if (factor === null) canvas.zoom('fit-viewport', 'auto');
  else canvas.zoom(Math.min(4, Math.max(0.2, canvas.zoom() * factor)), 'auto');
}
