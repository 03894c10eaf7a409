import { readArguments } from './arguments.ts';
import { startDemoCluster } from './demo-cluster.ts';
import { writeKubeconfig } from './kubeconfig-file.ts';
import { createErrorLog } from './log.ts';

/** Longer than this nobody waits for a tidy end. */
const stopMs = 800;

/** Resolves when whoever started us is gone or wants us to end. */
function askedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => resolve();
    process.once('SIGTERM', end).once('SIGINT', end).once('SIGHUP', end);
    process.stdin.once('end', end).once('close', end).once('error', end).resume();
    process.stdout.once('error', end);
  });
}

/**
 * The program: `argv` without node and script. Resolves with the exit status when it has ended. The contract
 * with whoever started it: one line of JSON on standard output when the cluster is ready, nothing else there;
 * it ends when its standard input does.
 */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    return await serve(argv);
  } catch (error) {
    complain(told(error));
    return 1;
  }
}

async function serve(argv: readonly string[]): Promise<number> {
  const outcome = readArguments(argv, process.cwd());
  if (outcome.kind === 'mistake') {
    complain(outcome.message);
    return 2;
  }
  const { options } = outcome;
  const log = createErrorLog((line) => process.stderr.write(line));
  const asked = askedToEnd();
  const starting = startDemoCluster(options, log);
  const first = await Promise.race([starting, asked]);
  // Asked to end while still starting: nothing is there yet that would have to be taken away.
  if (first === undefined) return 0;
  const file = await writeKubeconfig(first.kubeconfig, options.kubeconfig);
  try {
    const ready = { ready: true, server: first.server, kubeconfig: file.path };
    process.stdout.write(`${JSON.stringify(ready)}\n`);
    await Promise.race([asked, first.ended]);
    return 0;
  } finally {
    await file.remove();
    await Promise.race([first.stop(), new Promise((resolve) => setTimeout(resolve, stopMs))]);
  }
}

function complain(message: string): void {
  process.stderr.write(`kindscope demo: ${message}\n`);
}

/** What went wrong: one line where it is the system's word, a stack where it is a bug of ours. */
function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'The port is taken: give another with --port, or none.';
  if (code === 'EEXIST') return 'There is a file already: give another path with --kubeconfig.';
  return typeof code === 'string' ? error.message : (error.stack ?? error.message);
}
