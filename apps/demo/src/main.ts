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
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
    process.stdin.once('end', end).once('close', end).once('error', end).resume();
    process.stdout.once('error', end);
  });
}

async function run(): Promise<number> {
  const outcome = readArguments(process.argv.slice(2), process.cwd());
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

function told(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'The port is taken: give another with --port, or none.';
  if (code === 'EEXIST')
    return 'The kubeconfig exists already: give another path with --kubeconfig.';
  if (typeof code === 'string') return String(error);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  process.exit(await run());
} catch (error) {
  complain(told(error));
  process.exit(1);
}
