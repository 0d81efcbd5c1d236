/** A decision to begin with: one input, one output, one rule that always holds, and a row that tries it. Class: pure. */
const DMN = [
  'xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"',
  'xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/"',
  'xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/"',
  'xmlns:modeler="http://camunda.org/schema/modeler/1.0"',
].join(' ');

/** @param id - of the decision, which is the name of its file */
export const newDecision = (id: string, title: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<definitions ${DMN} id="${id}-definitions" name="${title}" namespace="http://camunda.org/schema/1.0/dmn" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.8.0">
  <decision id="${id}" name="${title}">
    <decisionTable id="${id}-table" hitPolicy="FIRST">
      <input id="${id}-input-1" label="Kind">
        <inputExpression id="${id}-input-1-expression" typeRef="string">
          <text>kind</text>
        </inputExpression>
      </input>
      <output id="${id}-output-1" label="Result" name="result" typeRef="string" />
      <rule id="${id}-rule-1">
        <description>Any other</description>
        <inputEntry id="${id}-rule-1-input-1">
          <text>-</text>
        </inputEntry>
        <outputEntry id="${id}-rule-1-output-1">
          <text>"normal"</text>
        </outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="${id}-diagram">
      <dmndi:DMNShape id="${id}-shape" dmnElementRef="${id}">
        <dc:Bounds height="80" width="180" x="160" y="100" />
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
`;

/** The row. A single output is the result itself. */
export const newDecisionRows = (): string => 'kind,=> result\nany,normal\n';
