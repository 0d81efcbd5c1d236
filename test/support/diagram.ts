/** Draws a straight model: its elements side by side, so that a viewer has something to show. Class: pure. */

const WIDTH = 100;
const STEP = 180;

/** A model with its elements in one row, in this order, and their flows. */
export function withDiagram(xml: string, order: readonly string[]): string {
  const [, process = ''] = /<(?:bpmn:)?process id="([^"]+)"/.exec(xml) ?? [];
  const isTask = (id: string): boolean => new RegExp(`<(?:bpmn:)?\\w*[tT]ask id="${id}"`).test(xml);
  const left = (id: string): number => 80 + order.indexOf(id) * STEP + (isTask(id) ? 0 : 32);
  const size = (id: string): readonly [number, number] => (isTask(id) ? [WIDTH, 80] : [36, 36]);
  const shapes = order.map((id) => {
    const [width, height] = size(id);
    return `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${left(id)}" y="${140 - height / 2}" width="${width}" height="${height}" /></bpmndi:BPMNShape>`;
  });
  const flows = [...xml.matchAll(/<(?:bpmn:)?sequenceFlow\b[^>]*>/g)].map(([flow]) => {
    const of = (name: string): string => new RegExp(`\\b${name}="([^"]+)"`).exec(flow)?.[1] ?? '';
    const from = of('sourceRef');
    const x = left(from) + size(from)[0];
    return `<bpmndi:BPMNEdge id="${of('id')}_di" bpmnElement="${of('id')}"><di:waypoint x="${x}" y="140" /><di:waypoint x="${left(of('targetRef'))}" y="140" /></bpmndi:BPMNEdge>`;
  });
  const plane = `<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="drawn"><bpmndi:BPMNPlane id="plane" bpmnElement="${process}">${[...shapes, ...flows].join('')}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`;
  return xml.replace(/(<\/(?:bpmn:)?definitions>)/, `${plane}$1`);
}
