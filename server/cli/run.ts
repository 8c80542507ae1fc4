import { wordsOf } from "../workspace/fileSystem.ts";
import { check } from "./check.ts";
import { forward } from "./forward.ts";
import { EXIT, type Host } from "./host.ts";
import { HELP, parseOptions } from "./options.ts";
import { summary } from "./summary.ts";

/** The command line behind the program's name; gives the exit code. Never rejects. */
export async function run(host: Host, args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  try {
    switch (options.command) {
      case "check":
        return await check(host, options);
      case "summary":
        return await summary(host, options);
      case "forward":
        return await forward(host, options);
      case "help":
        host.out(HELP);
        return EXIT.clean;
      case "version":
        host.out(`${host.version}\n`);
        return EXIT.clean;
      case "lsp":
        await host.serve();
        return EXIT.clean;
      case "misuse":
        host.err(`inlayer: ${options.message}\nTry 'inlayer --help'.\n`);
        return EXIT.misuse;
    }
  } catch (error) {
    // A fault of ours: the user gets its words, not its stack.
    host.err(`inlayer: failed, please report this: ${wordsOf(error)}\n`);
    return EXIT.misuse;
  }
}
