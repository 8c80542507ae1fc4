// What npm runs where it installs the project out of a repository, as pre-commit lets it: it needs what is built.
// `npm ci`, which every command of the project begins with, needs nothing of that.
if (process.env.npm_command !== "ci") {
  // `npm install -g` says so to all that it runs, and would install what the build needs for everybody.
  delete process.env.npm_config_global;
  await import("./build.mjs");
}
