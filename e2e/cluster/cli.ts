/** `pnpm cluster …`: builds, starts and stops a real Kubernetes control plane on this machine. */
import { parseArgs } from 'node:util';
import { build, down, kubeconfig, status, up } from './commands.ts';
import { codeOf, ControlPlaneError, messageOf } from './errors.ts';

const usage = `Usage: pnpm cluster <command> [options]

A real Kubernetes control plane as processes on this machine: no containers, no root.

Commands
  build         build the programs, once (Go needed, about 10 minutes)
  up            start a cluster: etcd, kube-apiserver, controllers, KWOK nodes, Argo Rollouts
  down          stop it and remove all its files
  kubeconfig    print the path of its kubeconfig
  status        show the clusters and their processes

Options
  --name NAME   which cluster (default: default); several run side by side
  --bare        up: etcd and kube-apiserver alone
  --help        this text

The programs are taken from KUBEBUILDER_ASSETS if it is set, else from
~/.cache/kindscope/control-plane, else built there.`;

function fail(message: string, remedy?: string): never {
  console.error(`pnpm cluster: ${message}`);
  if (remedy !== undefined) console.error(remedy);
  process.exit(1);
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        bare: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    if (codeOf(error)?.startsWith('ERR_PARSE_ARGS') !== true) throw error;
    return fail(messageOf(error).split('. ')[0] ?? '', 'See: pnpm cluster --help');
  }
}

const interrupted = new AbortController();

async function run(): Promise<void> {
  const { values, positionals } = parse();
  const [command, ...rest] = positionals;
  if (values.help || command === 'help') {
    console.log(usage);
    return;
  }
  if (command === undefined) fail('a command is missing', usage);
  if (rest.length > 0) fail(`unexpected "${rest.join(' ')}"`, 'See: pnpm cluster --help');
  if (values.bare && command !== 'up') fail('--bare goes with `up` only');
  const name = values.name ?? 'default';
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      interrupted.abort(new ControlPlaneError(`interrupted by ${signal}`));
    });
  }
  const { signal } = interrupted;
  switch (command) {
    case 'build':
      return build(signal);
    case 'up':
      return up({ name, bare: values.bare, signal });
    case 'down':
      return down(name);
    case 'kubeconfig':
      return kubeconfig(name);
    case 'status':
      return status(values.name);
    default:
      return fail(`there is no command "${command}"`, 'See: pnpm cluster --help');
  }
}

try {
  await run();
} catch (error) {
  // Whatever an interruption made fail, it is the interruption that is told.
  const told: unknown = interrupted.signal.aborted ? interrupted.signal.reason : error;
  if (told instanceof ControlPlaneError) fail(told.message, told.remedy);
  // A full disk, a folder without rights: the system's own words name the file. All else is a bug and shows its stack.
  if (codeOf(told) !== undefined) fail(messageOf(told));
  throw told;
}
