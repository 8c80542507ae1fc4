import { NONE_VALUE, unknown } from "../../interpreter/values.ts";
import { decorator, type Library, silent, table } from "./library.ts";

/** `gin`: arguments that files of configuration may give; without one a function has its own defaults. */
export const GIN: Library = {
  name: "gin",
  members: {
    REQUIRED: unknown("an argument that a file of configuration gives"),
    ...table(
      ...["configurable", "register", "external_configurable"].map((name) => decorator(`gin.${name}`)),
      ...["add_config_file_search_path", "bind_parameter", "constant", "parse_config", "parse_config_file"].map(
        (name) => silent(`gin.${name}`, NONE_VALUE),
      ),
      ...["parse_config_files_and_bindings", "finalize", "clear_config"].map((name) =>
        silent(`gin.${name}`, NONE_VALUE),
      ),
    ),
  },
};
