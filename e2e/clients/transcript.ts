import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { normalise } from './normalise.ts';
import type { Script, Step } from './script.ts';
import { namespaceOf, substitute, words } from './script.ts';
import type { ClientServer } from './servers.ts';

/** What a step came to, without what is particular to one run. */
export interface Outcome {
  readonly step: Step;
  readonly text: string;
}

interface Run {
  readonly kubectl: string;
  readonly server: ClientServer;
  readonly namespace: string;
  readonly saved: Map<string, string>;
}

interface Ended {
  readonly out: string;
  readonly err: string;
  readonly exit: string;
}

const patience = 20_000;
const manifests = join(import.meta.dirname, 'manifests');

/** Runs a script against a server; resolves with the outcome of each step. */
export async function runScript(
  kubectl: string,
  server: ClientServer,
  script: Script,
): Promise<readonly Outcome[]> {
  const run: Run = { kubectl, server, namespace: namespaceOf(script), saved: new Map() };
  await prepareNamespace(run);
  const outcomes: Outcome[] = [];
  for (const step of script.steps) outcomes.push(await runStep(run, step));
  return outcomes;
}

/** Makes what controllers make of a new namespace, where they run. */
async function prepareNamespace(run: Run): Promise<void> {
  for (const what of [`namespace ${run.namespace}`, 'serviceaccount default']) {
    const { exit, err } = await call(run, { command: `create ${what}` });
    if (exit !== '0' && !err.includes('already exists')) throw new Error(err);
  }
}

async function runStep(run: Run, step: Step): Promise<Outcome> {
  const meanwhile: string[] = [];
  const ended = await call(run, step, async () => {
    for (const command of step.meanwhile ?? []) {
      meanwhile.push(render(run, command, await call(run, { command })));
    }
  });
  if (step.save !== undefined) run.saved.set(step.save, ended.out.trim());
  const text = [render(run, step.command, ended), ...meanwhile].join('while ');
  return { step, text };
}

function render(run: Run, command: string, { out, err, exit }: Ended): string {
  const { addresses } = run.server;
  const part = (title: string, text: string): string =>
    text === '' ? '' : `${title}${normalise(text, addresses).replace(/\n?$/, '\n')}`;
  return `kubectl ${command}\n${part('', out)}${part('stderr:\n', err)}${exit === '0' ? '' : `exit ${exit}\n`}`;
}

/** The arguments that every call has: where to, and where to keep what it learns. */
function flags({ server, namespace }: Run, follow: boolean): string[] {
  return [
    `--kubeconfig=${server.kubeconfig}`,
    `--cache-dir=${join(server.home, 'cache')}`,
    `--namespace=${namespace}`,
    // At this level kubectl tells of each response: so it is known when a watch has begun.
    ...(follow ? ['-v=6'] : []),
  ];
}

const watchBegun = /verb="GET" url="[^"]*watch=true[^"]*" status="200/;
/** kubectl's log: what it is for shows in what it says otherwise. */
const logLine = /^[IWE]\d{4} .*\n(?:\s*>\s*\n)?/gm;

function call(run: Run, step: Step, watching?: () => Promise<void>): Promise<Ended> {
  const follow = step.meanwhile !== undefined;
  const args = [...flags(run, follow), ...words(step.command, run.saved)];
  return new Promise((resolve, reject) => {
    const child = spawn(run.kubectl, args, {
      cwd: manifests,
      env: {
        PATH: [dirname(run.kubectl), process.env['PATH'] ?? ''].join(delimiter),
        HOME: run.server.home,
        KUBE_EDITOR: step.editor ?? 'false',
        LC_ALL: 'C',
        TZ: 'UTC',
      },
    });
    let out = '';
    let err = '';
    let why: string | undefined;
    let work: Promise<void> | undefined;
    let worked = false;
    const interrupt = (reason: string): void => {
      why ??= reason;
      child.kill('SIGINT');
    };
    const timer = setTimeout(() => interrupt('never'), patience);
    const look = (): void => {
      if (follow && work === undefined && watchBegun.test(err)) {
        work = watching?.().then(() => {
          worked = true;
          look();
        });
      }
      const enough = step.lines !== undefined && out.split('\n').length > step.lines;
      if (enough && (worked || !follow)) interrupt('interrupted');
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      look();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      look();
    });
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      const ended = {
        out,
        err: err.replaceAll(logLine, ''),
        exit: why ?? `${code}`,
      };
      (work ?? Promise.resolve()).then(() => resolve(ended), reject);
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(step.input === undefined ? '' : substitute(step.input, run.saved));
  });
}
