import type { Refactoring, RefactoringSite } from "../../../refactoring.ts";
import { annotateCall } from "./annotateCall.ts";
import { shapeComments } from "./comments.ts";
import { toFunctional } from "./functional.ts";
import { toInput } from "./inputShape.ts";
import { nameLayers } from "./names.ts";

const ALL = [toInput, toFunctional, nameLayers, shapeComments, annotateCall] as const;

/** The ways to write the model at a place anew. */
export const refactorings = (site: RefactoringSite): readonly Refactoring[] =>
  ALL.map((it) => it(site)).filter((it) => it !== undefined);
