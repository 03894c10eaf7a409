import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiServer } from './apiserver.ts';
import { bringUp } from './control-plane.ts';
import { ControlPlaneError } from './errors.ts';
import type { ProcessIdentity } from './identity.ts';
import type { Action, StartOptions } from './messages.ts';
import { createProcesses } from './processes.ts';
import { removeState, writeState } from './state.ts';
import type { ClusterState, StatePaths } from './state.ts';

/** One cluster, as its supervisor holds it: the programs, and what is written about them. */
export interface Cluster {
  /** Starts everything; resolves when all is ready. */
  readonly start: () => Promise<{ readonly state: ClusterState; readonly token: string }>;
  /** Stops, starts, freezes or thaws the API server of a started cluster. */
  readonly act: (action: Action) => Promise<void>;
  /** Notes that the cluster now runs until `down`. */
  readonly detach: () => Promise<void>;
  /** Ends every program and removes the cluster's state; the logs stay if they may be needed. */
  readonly stop: (options: { readonly keepLogs: boolean }) => Promise<void>;
}

export interface ClusterDeps {
  readonly options: StartOptions;
  readonly paths: StatePaths;
  readonly supervisor: ProcessIdentity;
  readonly signal: AbortSignal;
  readonly report: (text: string) => void;
}

export function createCluster({
  options,
  paths,
  supervisor,
  signal,
  report,
}: ClusterDeps): Cluster {
  const { name, bare, binaries } = options;
  let api: ApiServer | undefined;
  let state: ClusterState = {
    name,
    phase: 'starting',
    bare,
    until: 'process',
    supervisor,
    programs: [],
    lacks: bare ? [] : binaries.lacks,
    server: '',
    kubeconfig: paths.kubeconfig,
    kubectl: join(binaries.dir, 'kubectl'),
    version: '',
    startedAt: new Date().toISOString(),
  };

  // Writes follow one another, so that the last one wins.
  let written: Promise<void> = Promise.resolve();
  const update = async (change: Partial<ClusterState>): Promise<void> => {
    state = { ...state, ...change };
    const next = state;
    written = written.then(async () => writeState(paths, next));
    return written;
  };

  const processes = createProcesses({
    binDir: binaries.dir,
    runDir: paths.run,
    onChange: () => {
      if (signal.aborted) return;
      void update({
        programs: processes
          .running()
          .map(({ program, process, port, log }) => ({ program, process, port, log })),
      });
    },
  });

  const act: Cluster['act'] = async (action) => {
    if (api === undefined) throw new ControlPlaneError('the control plane is not ready');
    switch (action) {
      case 'stopApiServer':
        return api.stop();
      case 'startApiServer':
        return api.start();
      case 'freezeApiServer':
        return api.freeze();
      case 'thawApiServer':
        return api.thaw();
    }
  };

  return {
    act,
    start: async () => {
      await rm(paths.run, { recursive: true, force: true });
      await mkdir(paths.run, { recursive: true, mode: 0o700 });
      await update({});
      const broughtUp = await bringUp({
        name,
        bare,
        binaries,
        processes,
        signal,
        report,
        kubeconfig: paths.kubeconfig,
        runDir: paths.run,
      });
      api = broughtUp.api;
      await update({ phase: 'ready', server: api.url, version: await api.version() });
      return { state, token: broughtUp.token };
    },
    detach: async () => update({ until: 'down' }),
    stop: async ({ keepLogs }) => {
      await processes.killAll();
      await written;
      await (keepLogs ? rm(paths.state, { force: true }) : removeState(paths));
    },
  };
}
