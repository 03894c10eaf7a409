import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ControlPlaneError, messageOf } from './errors.ts';
import { identify } from './identity.ts';
import type { ProcessIdentity } from './identity.ts';
import type { ProgramName } from './programs.ts';

/** A program that was started. Its process is our child, so a signal to it can never reach another process. */
export interface RunningProgram {
  readonly program: ProgramName;
  readonly process: ProcessIdentity;
  readonly port: number;
  readonly log: string;
  /** How the program ended, once it has. */
  readonly ending: () => string | undefined;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Ends the program at once (SIGKILL: all that it keeps is thrown away anyway) and waits for its end. */
  readonly kill: () => Promise<void>;
}

export interface Processes {
  readonly start: (
    program: ProgramName,
    port: number,
    args: readonly string[],
  ) => Promise<RunningProgram>;
  readonly running: () => readonly RunningProgram[];
  /** Ends all programs; none can be started any more. */
  readonly killAll: () => Promise<void>;
}

export interface ProcessesDeps {
  /** The folder with the binaries. */
  readonly binDir: string;
  /** The run directory: working directory and HOME of every program; logs go to `logs/` in it. */
  readonly runDir: string;
  /** Called after each start and each end. */
  readonly onChange: () => void;
}

/**
 * The environment of every program. Nothing else is passed on: etcd reads ETCD_*, kubectl KUBECONFIG, kwok a
 * configuration in HOME.
 */
function programEnvironment(runDir: string): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], HOME: runDir };
}

/** A program that ended by itself, with the last line of its log that says anything. */
export async function endedError(
  program: ProgramName,
  ending: string,
  log: string,
): Promise<ControlPlaneError> {
  const lastWords = (await readFile(log, 'utf8')).trimEnd().split('\n').at(-1) ?? '';
  return new ControlPlaneError(`${program} ${ending}: ${lastWords}`, `Its log: ${log}`);
}

/** Starts programs, knows which of them run, and ends them. */
export function createProcesses(deps: ProcessesDeps): Processes {
  const running = new Set<RunningProgram>();
  /** How to end each child; kept from the very moment it is started. */
  const kills = new Set<() => Promise<void>>();
  let closed = false;

  const launch = (program: ProgramName, args: readonly string[], output: number) => {
    if (closed) throw new ControlPlaneError('the control plane is being stopped');
    const child = spawn(join(deps.binDir, program), args, {
      cwd: deps.runDir,
      env: programEnvironment(deps.runDir),
      stdio: ['ignore', output, output],
    });
    let ending: string | undefined;
    const ended = new Promise<void>((resolve) => {
      child.once('error', (error) => {
        ending ??= `could not be started (${messageOf(error)})`;
        resolve();
      });
      child.once('exit', (code, signal) => {
        ending ??=
          signal === null ? `exited with status ${String(code)}` : `was ended by ${signal}`;
        resolve();
      });
    });
    const kill = async (): Promise<void> => {
      child.kill('SIGKILL');
      await ended;
    };
    kills.add(kill);
    void ended.then(() => kills.delete(kill));
    return { child, ended, kill, ending: () => ending };
  };

  const start: Processes['start'] = async (program, port, args) => {
    await mkdir(join(deps.runDir, 'logs'), { recursive: true });
    const log = join(deps.runDir, 'logs', `${program}.log`);
    const file = await open(log, 'a');
    const { child, ended, kill, ending } = await (async () => {
      try {
        return launch(program, args, file.fd);
      } finally {
        await file.close();
      }
    })();
    const identity = child.pid === undefined ? undefined : await identify(child.pid);
    if (identity === undefined) {
      await ended;
      throw await endedError(program, ending() ?? 'ended', log);
    }
    const started: RunningProgram = {
      program,
      port,
      log,
      process: identity,
      ending,
      kill,
      signal: (signal) => {
        child.kill(signal);
      },
    };
    running.add(started);
    deps.onChange();
    void ended.then(() => {
      running.delete(started);
      deps.onChange();
    });
    return started;
  };

  return {
    start,
    running: () => [...running],
    killAll: async () => {
      closed = true;
      await Promise.all([...kills].map(async (kill) => kill()));
    },
  };
}
