import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { normalise } from './normalise.ts';
import type { ClientServer } from './servers.ts';

/** A client library at work: a program that is told a kubeconfig, a namespace and a part, and prints a transcript. */
export interface ClientProgram {
  readonly command: string;
  readonly args: readonly string[];
}

export interface RunClient {
  readonly server: ClientServer;
  readonly namespace: string;
  readonly part: string;
  /** What happens to the server each time the program says that it is ready. */
  readonly outages?: readonly (() => Promise<void>)[];
}

const patience = 50_000;

/** Runs one part to its end. Resolves with what it printed, without what is particular to one run. */
export function runClient(program: ClientProgram, run: RunClient): Promise<string> {
  const { server, namespace, part, outages = [] } = run;
  const options = [`--kubeconfig=${server.kubeconfig}`, `--namespace=${namespace}`];
  return new Promise((resolve, reject) => {
    const child = spawn(program.command, [...program.args, ...options, part], {
      env: { ...process.env, HOME: server.home, TZ: 'UTC' },
      timeout: patience,
    });
    let out = '';
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const left = [...outages];
    const meet = async (): Promise<void> => {
      const outage = left.shift();
      if (outage === undefined) {
        child.stdin.end();
        return;
      }
      await outage();
      child.stdin.write('go on\n');
    };
    createInterface(child.stdout).on('line', (line) => {
      out += `${line}\n`;
      if (line === 'ready') meet().catch(reject);
    });
    child.stdin.on('error', () => undefined);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const end = code === 0 ? '' : `ended with ${String(code ?? signal)}\n${err}`;
      resolve(normalise(out + end, server.addresses));
    });
  });
}
