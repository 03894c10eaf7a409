import type { Binaries } from './binaries.ts';
import type { Credentials } from './credentials.ts';
import type { Processes } from './processes.ts';
import type { ProgramName } from './programs.ts';

/** What every step of bringing up a cluster needs. */
export interface Run {
  readonly name: string;
  /** The run directory, for data, keys and logs. */
  readonly dir: string;
  readonly binaries: Binaries;
  readonly processes: Processes;
  readonly credentials: Credentials;
  readonly ports: Ports;
  readonly signal: AbortSignal;
  /** Tells whoever waits what has become ready. */
  readonly report: (text: string) => void;
}

export interface Ports {
  readonly etcd: number;
  readonly etcdPeer: number;
  readonly 'kube-apiserver': number;
  readonly 'kube-controller-manager': number;
  readonly 'kube-scheduler': number;
  readonly kwok: number;
  readonly rolloutsHealth: number;
  readonly rolloutsMetrics: number;
}

/** Whether the binaries include the program. */
export function hasProgram(run: Run, name: ProgramName): boolean {
  return !run.binaries.lacks.includes(name);
}
