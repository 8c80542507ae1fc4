import { typeOf } from "../../../operation.ts";
import { snakeCase } from "../../runtime/automaticNames.ts";
import { operationName } from "./names.ts";

/** Calls operations of a run as Keras would call layers: `add`, `add_1`. */
export class OperationNamer {
  private readonly taken = new Map<string, number>();

  of(qualified: string): { readonly name: string; readonly type: string } {
    const type = typeOf(operationName(qualified));
    const name = snakeCase(type);
    const count = this.taken.get(name) ?? 0;
    this.taken.set(name, count + 1);
    return { name: count === 0 ? name : `${name}_${count}`, type };
  }
}
