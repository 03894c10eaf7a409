import type { Log } from '@kindscope/informer';
import { objectKey } from '@kindscope/kube';
import { isRefusal, RefusedError } from '../client.ts';
import { instant } from '../controllers/conditions.ts';
import type { Reservations } from '../reservations.ts';
import type { Scenario } from './scenario.ts';
import { createStage, type Stage, type StageDeps } from './stage.ts';

/** How a story stands. Times are RFC 3339. */
export interface Standing {
  readonly state: 'idle' | 'running' | 'done' | 'failed';
  /** What happens now, or how it ended; absent while nothing has happened. */
  readonly message?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
}

export interface Director {
  readonly scenarios: readonly Scenario[];
  standing(scenario: Scenario): Standing;
  /** `already`: it is being played. `over`: the demo ends. */
  start(scenario: Scenario): 'started' | 'already' | 'over';
  /** Ends it early: what it changed is put back. Nothing happens when it is not being played. */
  end(scenario: Scenario): void;
  /** Resolves when nothing is being played. */
  idle(): Promise<void>;
}

export interface DirectorDeps extends StageDeps {
  readonly scenarios: readonly Scenario[];
  /** What people, and what controllers, leave alone while a story is about it. */
  readonly people: Reservations;
  readonly controllers: Reservations;
  readonly log: Log;
}

/** Plays stories, each at most once at a time, until `signal` aborts: then all end where they are. */
export function createDirector(deps: DirectorDeps, signal: AbortSignal): Director {
  const standings = new Map<Scenario, Standing>();
  const playing = new Map<
    Scenario,
    { readonly end: AbortController; readonly over: Promise<void> }
  >();

  function stand(scenario: Scenario, standing: Partial<Standing>): void {
    standings.set(scenario, { state: 'idle', ...standings.get(scenario), ...standing });
  }

  async function play(scenario: Scenario, end: AbortController): Promise<void> {
    const undos: ((stage: Stage) => Promise<void>)[] = [];
    const tell = (message: string): void => stand(scenario, { message });
    const release = reserve(scenario, deps);
    const putBack = (undo: (stage: Stage) => Promise<void>): void => void undos.push(undo);
    const ended = AbortSignal.any([signal, end.signal]);
    let outcome: Pick<Standing, 'state' | 'message'> = { state: 'done', message: 'It has ended.' };
    try {
      await scenario.play(createStage(deps, ended, { tell, putBack }));
    } catch (error) {
      if (ended.aborted) outcome = { state: 'done', message: 'It was ended early.' };
      else outcome = failed(`It could not go on: ${told(error, deps.log)}`);
    }
    const restoring = createStage(deps, signal, { tell, putBack: () => undefined });
    if (undos.length > 0) tell('What it changed is put back.');
    for (const undo of undos.reverse()) {
      try {
        await undo(restoring);
      } catch (error) {
        if (signal.aborted) break;
        if (isRefusal(error, 404)) continue;
        outcome = failed(`Not everything could be put back: ${told(error, deps.log)}`);
      }
    }
    release();
    stand(scenario, { ...outcome, endedAt: instant(deps.clock.now()) });
  }

  return {
    scenarios: deps.scenarios,
    standing: (scenario) => standings.get(scenario) ?? { state: 'idle' },
    start(scenario) {
      if (signal.aborted) return 'over';
      if (playing.has(scenario)) return 'already';
      standings.set(scenario, { state: 'running', startedAt: instant(deps.clock.now()) });
      const end = new AbortController();
      const over = play(scenario, end).finally(() => playing.delete(scenario));
      playing.set(scenario, { end, over });
      return 'started';
    },
    end: (scenario) => playing.get(scenario)?.end.abort(),
    async idle() {
      await Promise.all([...playing.values()].map(({ over }) => over));
    },
  };
}

function failed(message: string): Pick<Standing, 'state' | 'message'> {
  return { state: 'failed', message };
}

function reserve({ subjects, controls = [] }: Scenario, deps: DirectorDeps): () => void {
  const releases = [
    ...subjects.flatMap(({ gvr, namespace = '', name }) =>
      name === undefined ? [] : [deps.people.take(gvr, objectKey(namespace, name))],
    ),
    ...controls.map(({ gvr, namespace = '', name }) =>
      deps.controllers.take(gvr, objectKey(namespace, name)),
    ),
  ];
  return () => {
    for (const release of releases) release();
  };
}

/** Why, for people; what is no word of the API server's is a bug, and logged. */
function told(error: unknown, log: Log): string {
  if (error instanceof RefusedError) return error.message;
  log.error({ error }, 'A scenario has failed.');
  return error instanceof Error ? error.message : String(error);
}
