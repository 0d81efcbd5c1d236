/** dmn-moddle has no types; this is the part of it that is used here. */
declare module 'dmn-moddle' {
  export class DmnModdle {
    fromXML(xml: string): Promise<{
      readonly rootElement: unknown;
      readonly warnings: readonly {
        readonly message: string;
        readonly element?: { readonly id?: string };
      }[];
    }>;
  }
}
