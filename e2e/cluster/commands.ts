import { setTimeout as delay } from 'node:timers/promises';
import { buildBinaries } from './build.ts';
import { ControlPlaneError } from './errors.ts';
import { clientGo, provideGoProgram } from './go-program.ts';
import { isAlive, signalExactly } from './identity.ts';
import type { ProcessIdentity } from './identity.ts';
import { programNames } from './programs.ts';
import type { ProgramName } from './programs.ts';
import { duration } from './progress.ts';
import { clusterNames, readState, removeState, statePaths } from './state.ts';
import type { ClusterState } from './state.ts';
import { startSupervised } from './supervised.ts';

const withName = (name: string): string => (name === 'default' ? '' : ` --name ${name}`);

/** The state of a cluster whose supervisor lives; undefined when there is none. */
async function findRunning(name: string): Promise<ClusterState | undefined> {
  const state = await readState(statePaths(name));
  return state !== undefined && (await isAlive(state.supervisor)) ? state : undefined;
}

export async function build(signal: AbortSignal): Promise<void> {
  const { source, dir, lacks } = await buildBinaries(signal);
  console.log(
    source === 'cache'
      ? `The control plane is built: ${dir}`
      : `KUBEBUILDER_ASSETS is used: ${dir}`,
  );
  if (lacks.length > 0) console.log(`It lacks ${lacks.join(', ')}.`);
  const program = await provideGoProgram(clientGo, signal);
  if (typeof program === 'string') console.log(`For the tests of Go clients: ${program}`);
  else console.log(`Go clients cannot be tested: ${program.missing}. ${program.remedy}`);
}

const without: Readonly<Partial<Record<ProgramName, string>>> = {
  'kube-controller-manager': 'nothing reconciles Deployments, Jobs and the like',
  'kube-scheduler': 'no pod gets a node',
  kwok: 'there are no nodes',
  'rollouts-controller': 'there are no Argo Rollouts',
};

function describe(state: ClusterState): string {
  const lines = state.lacks.map((name) => `  Not there: ${name} (${without[name] ?? ''}).`);
  return [
    ...lines,
    '',
    `  kubeconfig   ${state.kubeconfig}`,
    `  kubectl      ${state.kubectl}`,
    '',
    'Next:',
    `  export KUBECONFIG=${state.kubeconfig}`,
    `  ${state.kubectl} get nodes,crds`,
    `  pnpm start --kubeconfig ${state.kubeconfig}`,
    `  pnpm cluster down${withName(state.name)}`,
  ].join('\n');
}

export interface Up {
  readonly name: string;
  readonly bare: boolean;
  readonly signal: AbortSignal;
}

/** Brings a cluster up that runs until `down`; says so when one runs already. */
export async function up({ name, bare, signal }: Up): Promise<void> {
  statePaths(name);
  const binaries = await buildBinaries(signal);
  const started = performance.now();
  const outcome = await startSupervised({
    name,
    bare,
    binaries,
    signal,
    onProgress: (text) => {
      console.log(`  ${text} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    },
  });
  if (outcome.kind === 'taken') {
    const state = await findRunning(name);
    if (state?.phase !== 'ready') {
      throw new ControlPlaneError(
        `cluster "${name}" is just being started or stopped`,
        `Look again with: pnpm cluster status`,
      );
    }
    const kind = state.bare ? ', bare' : '';
    console.log(`Cluster "${name}" runs already (Kubernetes ${state.version}${kind}).`);
    if (state.bare !== bare) {
      const again = `pnpm cluster down${withName(name)}, then up again`;
      console.log(`For ${bare ? 'the bare one' : 'a whole one'}: ${again}.`);
    }
    console.log(describe(state));
    return;
  }
  const { state, detach } = outcome.supervised;
  await detach();
  const took = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`Cluster "${name}" is ready after ${took} s: Kubernetes ${state.version}.`);
  console.log(describe(state));
}

const patience = 10_000;

async function awaitEnd(processes: readonly ProcessIdentity[]): Promise<boolean> {
  const deadline = performance.now() + patience;
  while (performance.now() < deadline) {
    const alive = await Promise.all(processes.map(isAlive));
    if (!alive.includes(true)) return true;
    await delay(50);
  }
  return false;
}

/** Stops a cluster, whatever state it is in, and removes its files. */
export async function down(name: string): Promise<void> {
  const paths = statePaths(name);
  const state = await readState(paths);
  if (state === undefined) {
    await removeState(paths);
    console.log(`There is no cluster "${name}".`);
    return;
  }
  const all = [state.supervisor, ...state.programs.map(({ process }) => process)];
  const supervised = await signalExactly(state.supervisor, 'SIGTERM');
  if (!supervised || !(await awaitEnd(all))) {
    // No supervisor did it. Its watchdog has ended the programs already, unless that was killed too.
    for (const process of all) await signalExactly(process, 'SIGKILL');
    if (!(await awaitEnd(all))) {
      throw new ControlPlaneError(
        `processes of cluster "${name}" do not end`,
        `Look at them: ps -p ${all.map(({ pid }) => pid).join(',')}`,
      );
    }
  }
  await removeState(paths);
  console.log(`Cluster "${name}" is stopped.`);
}

export async function kubeconfig(name: string): Promise<void> {
  const state = await findRunning(name);
  if (state?.phase !== 'ready') {
    throw new ControlPlaneError(
      `cluster "${name}" does not run`,
      `Start it: pnpm cluster up${withName(name)}`,
    );
  }
  console.log(state.kubeconfig);
}

/** Programs that the cluster consists of, whether they run or not. */
function partsOf(state: ClusterState): readonly ProgramName[] {
  if (state.bare) return ['etcd', 'kube-apiserver'];
  return programNames.filter((name) => name !== 'kubectl' && !state.lacks.includes(name));
}

async function describeStatus(state: ClusterState): Promise<string> {
  const { name, phase, bare, version, programs } = state;
  if (!(await isAlive(state.supervisor))) {
    return `${name}: crashed; clear it away with: pnpm cluster down${withName(name)}`;
  }
  const facts = [
    phase,
    `up for ${duration(Date.now() - Date.parse(state.startedAt))}`,
    ...(version === '' ? [] : [`Kubernetes ${version}`]),
    ...(bare ? ['bare'] : []),
    ...(state.until === 'process' ? ['ends with the process that started it'] : []),
  ];
  const parts = partsOf(state).map((part) => {
    const running = programs.find(({ program }) => program === part);
    const how =
      running === undefined
        ? 'does not run'
        : `pid ${String(running.process.pid).padEnd(8)} port ${String(running.port)}`;
    return `  ${part.padEnd(24)} ${how}`;
  });
  return [
    `${name}: ${facts.join(', ')}`,
    ...parts,
    `  ${'kubeconfig'.padEnd(24)} ${state.kubeconfig}`,
    `  ${'logs'.padEnd(24)} ${statePaths(name).logs}`,
  ].join('\n');
}

/** Shows one cluster, or all of them. Exits with status 1 when the one that is named does not run. */
export async function status(name: string | undefined): Promise<void> {
  const names = name === undefined ? await clusterNames() : [name];
  let shown = 0;
  for (const each of names) {
    const state = await readState(statePaths(each));
    if (state === undefined) continue;
    shown++;
    console.log(await describeStatus(state));
  }
  if (shown > 0) return;
  if (name !== undefined) {
    throw new ControlPlaneError(
      `cluster "${name}" does not run`,
      `Start it: pnpm cluster up${withName(name)}`,
    );
  }
  console.log('No cluster runs. Start one: pnpm cluster up');
}
