/** A model to begin with: from its start to its end. Class: pure. */
const BPMN = [
  'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"',
  'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"',
  'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"',
  'xmlns:di="http://www.omg.org/spec/DD/20100524/DI"',
  'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"',
  'xmlns:modeler="http://camunda.org/schema/modeler/1.0"',
].join(' ');

/** @param id - of the process */
export const newModel = (id: string, title: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions ${BPMN} id="${id}-definitions" targetNamespace="http://bpmn.io/schema/bpmn" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.8.0">
  <bpmn:process id="${id}" name="${title}" isExecutable="true">
    <bpmn:startEvent id="started" name="Started">
      <bpmn:outgoing>started--done</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:endEvent id="done" name="Done">
      <bpmn:incoming>started--done</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="started--done" sourceRef="started" targetRef="done" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="${id}-diagram">
    <bpmndi:BPMNPlane id="${id}-plane" bpmnElement="${id}">
      <bpmndi:BPMNShape id="started-shape" bpmnElement="started">
        <dc:Bounds x="160" y="100" width="36" height="36" />
        <bpmndi:BPMNLabel><dc:Bounds x="158" y="143" width="40" height="14" /></bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="done-shape" bpmnElement="done">
        <dc:Bounds x="320" y="100" width="36" height="36" />
        <bpmndi:BPMNLabel><dc:Bounds x="324" y="143" width="28" height="14" /></bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="started--done-edge" bpmnElement="started--done">
        <di:waypoint x="196" y="118" />
        <di:waypoint x="320" y="118" />
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
