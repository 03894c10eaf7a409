import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { buildEnvironment, buildFlags, linkFlags } from './cache.ts';
import { codeOf, ControlPlaneError } from './errors.ts';
import { goDir } from './programs.ts';
import type { Family } from './programs.ts';

/** Found in PATH. */
const toolchain = 'go';

/** The version of the Go toolchain (`go1.26.8`), or undefined when there is no `go` in PATH. */
export async function goVersion(signal: AbortSignal): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(toolchain, ['env', 'GOVERSION'], {
      signal,
      cwd: '/',
    });
    return stdout.trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

export interface GoBuild {
  /** The folder of the go.mod. */
  readonly dir: string;
  /** The Go package to build. */
  readonly package: string;
  /** Link-time variables and their values. */
  readonly stamps?: Readonly<Record<string, string>>;
  readonly output: string;
  readonly signal: AbortSignal;
  /** Called with what the build is at. */
  readonly onProgress: (text: string) => void;
}

/**
 * Builds one program, at low priority: it takes minutes, and the machine has other things to do.
 * Throws ControlPlaneError with Go's own last words when that fails.
 */
export async function goBuild(build: GoBuild): Promise<void> {
  const { dir, output, signal, onProgress } = build;
  const stamps = Object.entries(build.stamps ?? {}).map(
    ([variable, value]) => `-X ${variable}=${value}`,
  );
  const args = ['build', '-v', ...buildFlags];
  args.push('-ldflags', [...linkFlags, ...stamps].join(' '), '-o', output, build.package);
  const child = spawn(toolchain, args, {
    cwd: dir,
    env: { ...process.env, ...buildEnvironment },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);

  // With -v Go names each package on a line of its own as it compiles it, and each module as it downloads it.
  let modules = 0;
  let packages = 0;
  const words: string[] = [];
  const lines = createInterface({ input: child.stderr });
  lines.on('line', (line) => {
    if (line.startsWith('go: downloading ')) modules++;
    else if (/^[\w.~/-]+$/.test(line)) packages++;
    else words.push(line);
    onProgress(
      packages === 0
        ? `${String(modules)} modules downloaded`
        : `${String(packages)} packages compiled`,
    );
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) {
    throw new ControlPlaneError(
      `go build ${build.package} failed: ${words.slice(-3).join(' | ')}`,
      `Try it by hand: cd ${dir} && go build ${build.package}`,
    );
  }
}

/** The folder of a module in Go's module cache. */
export async function goModuleDir(
  family: Family,
  module: string,
  signal: AbortSignal,
): Promise<string> {
  const { stdout } = await promisify(execFile)(
    toolchain,
    ['list', '-mod=readonly', '-m', '-f', '{{.Dir}}', module],
    { cwd: join(goDir, family), signal },
  );
  return stdout.trim();
}
