import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** The real program while it runs. */
export interface Program {
  readonly stdout: string;
  readonly stderr: string;
  /** Resolves when the pattern is in what was said on either; rejects when it ends without. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** Its exit status; the signal's name where one ended it. */
  readonly ended: Promise<number | string>;
}

/** `home` has no kubeconfig unless the test put one there; nothing of the environment names a cluster. */
export function startProgram(
  args: readonly string[],
  options: { readonly home: string; readonly env?: Record<string, string> },
): Program {
  const { PATH = '', TMPDIR } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH, HOME: options.home, ...(TMPDIR !== undefined && { TMPDIR }), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
      for (const watcher of watchers) watcher();
    });
  }
  // `close` and not `exit`: what it said last is read by then.
  const ended = once(child, 'close').then(
    ([status, signal]) => (status ?? signal) as number | string,
  );
  return {
    get stdout() {
      return said.stdout;
    },
    get stderr() {
      return said.stderr;
    },
    ended,
    kill: (signal) => child.kill(signal),
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(`${said.stdout}\n${said.stderr}`);
          if (found === null) return;
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        look();
        void ended.then((status) =>
          reject(new Error(`ended with ${status}: ${said.stdout}${said.stderr}`)),
        );
      }),
  };
}
