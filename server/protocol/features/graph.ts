import type { Location } from "../../../core/index.ts";
import { graphOf } from "../../features/graph.ts";
import { locationOf } from "../convert.ts";
import type { GraphParams, GraphResult, Spot } from "../messages.ts";
import { read, type Session } from "../session.ts";

/** Null where there is no such model any more. */
export async function showGraph(session: Session, { uri, model, name }: GraphParams): Promise<GraphResult | null> {
  const found = await read(session, uri);
  if (found === undefined) return null;
  const { analysis, documents, file } = found.analysed;
  const { models } = analysis;
  const isMeant = models[model]?.name === name;
  const named = isMeant ? model : models.findIndex((it) => it.name === name);
  const index = named < 0 ? model : named;
  const report = models[index];
  if (report === undefined) return null;
  const { nodes, ...graph } = graphOf(session.draw(file.path, index), report);
  const spotOf = (location: Location): Spot | undefined => locationOf(location, documents);
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
