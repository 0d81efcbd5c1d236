/** bpmn-moddle types its elements but not its door; what is used of it is typed in `moddle.ts`. */
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages: Readonly<Record<string, unknown>>);
  }
}
