import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { createInterface } from 'node:readline';
import type { Fault } from '@kindscope/protocol';
import { failure, success, type Result } from '../result.ts';

/** The embedded demo cluster while it runs. */
export interface DemoProcess {
  readonly server: string;
  /** A kubeconfig file that kubectl can be pointed at. */
  readonly kubeconfig: string;
  /** Called when it has ended without having been asked to. */
  onLost(listener: (fault: Fault) => void): void;
  /** Resolves when it has ended. */
  stop(): Promise<void>;
}

export interface DemoOptions {
  /** The demo's program. */
  readonly program: string;
  readonly objects: number | undefined;
  readonly rate: number | undefined;
  readonly scenarios: readonly string[];
  readonly readyMs?: number;
}

const stopMs = 1000;

/**
 * Starts the demo cluster as a child and waits until it is ready. It dies with us whatever happens:
 * it ends when its standard input closes. It is not in our process group, so that Ctrl-C reaches us
 * first and we end it, rather than seeing the cluster vanish.
 */
export async function startDemo(options: DemoOptions): Promise<Result<DemoProcess>> {
  const child = spawn(process.execPath, demoArguments(options), {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...compileCache() },
    detached: true,
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `exit status ${code}` : `signal ${signal}`),
    );
  });
  // A child that died closes the pipe; that is told by `ended`.
  child.stdin.on('error', () => undefined);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    child.stdin.end();
    const killer = setTimeout(() => child.kill('SIGKILL'), stopMs);
    await ended;
    clearTimeout(killer);
  };

  const ready = await firstLine(child.stdout, ended, options.readyMs ?? patience(options));
  if (!ready.ok) {
    await stop();
    return ready;
  }
  child.stdout.resume();
  let stopping = false;
  return success({
    ...ready.value,
    onLost: (listener) => {
      void ended.then((how) => {
        if (!stopping) listener(demoFault(`The embedded demo cluster has ended (${how}).`));
      });
    },
    stop: () => {
      stopping = true;
      return stop();
    },
  });
}

/** Where we keep compiled code, the demo does too: it starts in half the time. */
function compileCache(): { NODE_COMPILE_CACHE?: string } {
  const folder = getCompileCacheDir();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}

/** A large cluster takes its time: about half a millisecond an object, twice that where it is busy. */
function patience({ objects = 0 }: DemoOptions): number {
  return 60_000 + objects;
}

function demoArguments(options: DemoOptions): string[] {
  const args = [options.program];
  if (options.objects !== undefined) args.push('--objects', String(options.objects));
  if (options.rate !== undefined) args.push('--rate', String(options.rate));
  for (const scenario of options.scenarios) args.push('--scenario', scenario);
  return args;
}

async function firstLine(
  stdout: NodeJS.ReadableStream,
  ended: Promise<string>,
  readyMs: number,
): Promise<Result<{ server: string; kubeconfig: string }>> {
  const lines = createInterface({ input: stdout });
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), readyMs);
  try {
    const outcome = await Promise.race([
      once(lines, 'line', { signal: timeout.signal }).then(([line]) => ({ line: String(line) })),
      ended.then((how) => ({ how })),
    ]);
    if ('how' in outcome)
      return failure(demoFault(`The embedded demo cluster did not start (${outcome.how}).`));
    return readReady(outcome.line);
  } catch {
    return failure(
      demoFault(`The embedded demo cluster was not ready within ${readyMs / 1000} s.`),
    );
  } finally {
    clearTimeout(timer);
    timeout.abort();
    lines.close();
  }
}

function readReady(line: string): Result<{ server: string; kubeconfig: string }> {
  try {
    const { server, kubeconfig } = JSON.parse(line) as Record<string, unknown>;
    if (typeof server === 'string' && typeof kubeconfig === 'string') {
      return success({ server, kubeconfig });
    }
  } catch {
    // Said below: whatever it printed, it was not the ready line.
  }
  return failure(
    demoFault(`The embedded demo cluster said "${line.slice(0, 200)}" instead of being ready.`),
  );
}

function demoFault(detail: string): Fault {
  return {
    code: 'demo-failed',
    detail,
    remedy: 'Start Kindscope again, or give it a cluster with --kubeconfig.',
  };
}
