import type { LayerRecord } from "../runtime/records.ts";

/** Why a model, or a part of it, cannot be run aside from the analysis. */
export const MAY_NOT_RUN = "it stands in a branch that may not run";
export const NOT_FOLLOWED = "the model's constructor was not followed";
export const raises = ({ name }: LayerRecord): string => `the call of ${name} raises`;

/** Why it is not known what its inputs are. */
export function whyUnknown(record: LayerRecord): string {
  const how =
    record.model?.kind === "subclass" ? "no call of it is seen; Inlayer: Set Input Shape says it" : "it has no Input";
  return `the shape of ${record.name}'s input is not known: ${record.weightsUnknown ?? how}`;
}
