import type { Location } from "../../../core/index.ts";
import { graphOf } from "../../features/graph.ts";
import { indexOf } from "../../features/models.ts";
import { locationOf } from "../convert.ts";
import type { CodePlace, GraphParams, GraphResult } from "../messages.ts";
import { read, type Session } from "../session.ts";

/** Null where there is no such model any more. */
export async function showGraph(session: Session, { uri, model, name }: GraphParams): Promise<GraphResult | null> {
  const found = await read(session, uri);
  if (found === undefined) return null;
  const { analysis, documents, file } = found.analysed;
  // What is drawn was chosen by hand: renamed, it is still the one with its number.
  const index = indexOf(analysis, model, name) ?? model;
  const report = analysis.models[index];
  if (report === undefined) return null;
  const { nodes, ...graph } = graphOf(session.draw(file.path, index), report);
  const spotOf = (location: Location): CodePlace | undefined => locationOf(location, documents);
  return {
    ...graph,
    model: index,
    nodes: nodes.map(({ location, around, ...node }) => ({
      ...node,
      spot: location && spotOf(location),
      around: around.map(spotOf).filter((it) => it !== undefined),
    })),
  };
}
