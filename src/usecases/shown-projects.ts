import { runState } from '../domain/run-of-show.ts';
import type { Runs } from './roadshow-ports.ts';

/** The ids of an event's projects that are on stage, or were. */
export async function shownProjects(runs: Runs, event: string): Promise<ReadonlySet<string>> {
  const shown = (await runs.ofEvents([event])).flatMap(({ plan, commands }) => {
    const state = runState(plan, commands);
    const items = new Set([...state.shown.map(({ item }) => item), state.current?.item]);
    return plan.items.flatMap(({ id, project }) => (project !== null && items.has(id) ? [project] : []));
  });
  return new Set(shown);
}
