import { wordsOf } from "../workspace/fileSystem.ts";
import { EXIT, type Host } from "./host.ts";
import { HELP, parseOptions } from "./options.ts";

/** The command line behind the program's name; gives the exit code. Never rejects. */
export async function run(host: Host, args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  // Each command loads what it needs itself: an editor that starts the server waits for no more.
  try {
    switch (options.command) {
      case "check":
        return await (await import("./check.ts")).check(host, options);
      case "summary":
        return await (await import("./summary.ts")).summary(host, options);
      case "forward":
        return await (await import("./forward.ts")).forward(host, options);
      case "export":
        return await (await import("./export.ts")).exportModel(host, options);
      case "verify":
        return await (await import("./verify.ts")).verify(host, options);
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
