declare module "jsfive" {
  type Attributes = Readonly<Record<string, unknown>>;
  export class Group {
    readonly attrs: Attributes;
    readonly keys: readonly string[];
    /** Throws a string where there is nothing of that name. */
    get(path: string): Group | Dataset | null;
  }
  export class File extends Group {
    constructor(bytes: ArrayBuffer, name?: string);
  }
  export class Dataset {
    readonly shape: readonly number[];
    /** `<f4`; a list for what is no plain number. */
    readonly dtype: unknown;
    /** Row by row. Throws a string where it cannot be read. */
    readonly value: readonly number[];
    readonly attrs: Attributes;
    /** Its own affair, and as it is in the version that the lock file names: where the numbers stand in the file. */
    readonly _dataobjects: {
      readonly fh: ArrayBuffer;
      find_msg_type(type: number): readonly ReadonlyMap<string, number>[];
      /** The last two: how it is laid out, and where the message says more of that. */
      _get_data_message_properties(at: number): readonly [number, number | undefined, number, number];
    };
  }
}
