/** Parts that tell no types of their own. */
declare module 'bpmn-js-properties-panel';
declare module 'bpmn-js-element-templates';
declare module 'bpmn-js-create-append-anything';
declare module 'camunda-bpmn-js-behaviors/lib/camunda-cloud';
declare module 'diagram-js-minimap';
declare module 'dmn-js/lib/Modeler';
declare module '@bpmn-io/form-js';
declare module '@bpmn-io/properties-panel';
