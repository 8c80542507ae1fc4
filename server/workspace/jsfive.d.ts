declare module "jsfive" {
  export class File {
    constructor(bytes: ArrayBuffer, name?: string);
    readonly attrs: Readonly<Record<string, unknown>>;
  }
}
