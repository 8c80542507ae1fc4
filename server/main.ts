import { nodeHost } from "./nodeHost.ts";
import { serveProcess } from "./protocol/node.ts";

serveProcess(nodeHost(import.meta.url));
