// Writes the suite of the extension host as one module, for whoever starts VS Code another way.
import { bundleHostSuite } from "./harness/bundle.ts";

await bundleHostSuite();
