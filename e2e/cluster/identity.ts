import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { codeOf } from './errors.ts';

/**
 * One process and no other: pids are used again, so each is kept with the moment its process started, and a signal is
 * sent only when both still agree.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque; equal for the same process, different for any other that gets its pid, also after a reboot. */
  readonly started: string;
}

/**
 * State and start time of /proc/PID/stat. The second field is the program's name in parentheses and may itself hold
 * blanks and parentheses, hence the last one counts. Source: proc_pid_stat(5), fields 3 and 22.
 */
export function parseProcStat(
  stat: string,
): { readonly state: string; readonly startTicks: string } | undefined {
  const fields = stat
    .slice(stat.lastIndexOf(')') + 1)
    .trim()
    .split(/\s+/);
  const [state, startTicks] = [fields[0], fields[19]];
  return state === undefined || startTicks === undefined ? undefined : { state, startTicks };
}

/** State and start time of `ps -o stat=,lstart=`, for systems without /proc. */
export function parsePs(
  output: string,
): { readonly state: string; readonly started: string } | undefined {
  const match = /^\s*(\S+)\s+(\S.*\S)\s*$/.exec(output);
  return match?.[1] === undefined || match[2] === undefined
    ? undefined
    : { state: match[1], started: match[2] };
}

async function onLinux(pid: number): Promise<string | undefined> {
  try {
    const stat = parseProcStat(await readFile(`/proc/${String(pid)}/stat`, 'utf8'));
    // A zombie has ended; only its parent has not asked yet.
    if (stat === undefined || stat.state === 'Z' || stat.state === 'X') return undefined;
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    return `${boot}/${stat.startTicks}`;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ESRCH') return undefined;
    throw error;
  }
}

async function elsewhere(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      env: { ...process.env, LC_ALL: 'C' },
    });
    const ps = parsePs(stdout);
    return ps === undefined || ps.state.startsWith('Z') ? undefined : ps.started;
  } catch {
    // ps exits with 1 when there is no such process.
    return undefined;
  }
}

/** The identity of the process that has this pid now; undefined when there is none or it has ended. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const started = process.platform === 'linux' ? await onLinux(pid) : await elsewhere(pid);
  return started === undefined ? undefined : { pid, started };
}

/** Whether that very process still runs. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  return (await identify(identity.pid))?.started === identity.started;
}

/** Sends a signal to that very process. Returns false when it has ended, whoever may have its pid now. */
export async function signalExactly(
  identity: ProcessIdentity,
  signal: NodeJS.Signals,
): Promise<boolean> {
  if (!(await isAlive(identity))) return false;
  try {
    return process.kill(identity.pid, signal);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
    throw error;
  }
}
