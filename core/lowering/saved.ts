/** Where a file of weights keeps a model's variables, as plain data: what is read out of the file is the host's. */

export interface SavedVariable {
  /** In a file of Keras 3: `layers/dense/vars/0`. */
  readonly path: string;
  /** For people: `dense/kernel`. */
  readonly name: string;
  /** The tensor of the lowering that it fills; undefined where the run reads it nowhere. */
  readonly tensor: string | undefined;
  /** Undefined for a size that is not known. */
  readonly shape: readonly (number | undefined)[];
}
export interface SavedWeights {
  readonly variables: readonly SavedVariable[];
  /** In a file of an older Keras: the model's layers in order, and places in `variables`. */
  readonly layers: readonly { readonly name: string; readonly variables: readonly number[] }[];
  /** The model's own variables there. */
  readonly top: readonly number[];
}
