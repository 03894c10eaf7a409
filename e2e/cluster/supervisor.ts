/**
 * The process that owns one cluster: it starts the programs, answers whoever started it, and ends them all when it is
 * told to, gets a signal, or loses the one it works for. Should it be killed itself, its watchdog ends them.
 */
import { appendFileSync } from 'node:fs';
import { createCluster } from './cluster.ts';
import type { Cluster } from './cluster.ts';
import { ControlPlaneError, messageOf } from './errors.ts';
import { identify } from './identity.ts';
import { tryLock } from './lock.ts';
import type { Action, FromSupervisor, StartOptions, ToSupervisor } from './messages.ts';
import { statePaths } from './state.ts';
import type { StatePaths } from './state.ts';
import { startWatchdog } from './watchdog.ts';
import type { Watchdog } from './watchdog.ts';

const ending = new AbortController();
let paths: StatePaths | undefined;
let cluster: Cluster | undefined;
let watchdog: Watchdog | undefined;
let detached = false;

/** Resolves when the message has left, or when nobody listens any more, which `disconnect` tells. */
async function send(message: FromSupervisor): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected || process.send === undefined) {
      resolve();
      return;
    }
    process.send(message, undefined, undefined, () => {
      resolve();
    });
  });
}

async function end(options: { readonly keepLogs: boolean }): Promise<void> {
  if (ending.signal.aborted) return;
  ending.abort();
  await cluster?.stop(options);
  await watchdog?.dismiss();
  process.exit(0);
}

/** The end for a reason nobody foresaw: the watchdog ends whatever is left. */
function crash(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (paths !== undefined) appendFileSync(paths.supervisorLog, `${text}\n`);
  process.exit(1);
}

async function fail(error: unknown): Promise<void> {
  const remedy = error instanceof ControlPlaneError ? error.remedy : undefined;
  await send({
    kind: 'failed',
    message: messageOf(error),
    ...(remedy === undefined ? {} : { remedy }),
  });
  await end({ keepLogs: true });
}

async function start(options: StartOptions): Promise<void> {
  paths = statePaths(options.name);
  // Held, never released: it goes with this process, and says as long as it lives that the name is taken.
  if ((await tryLock(paths.lock)) === undefined) {
    await send({ kind: 'taken' });
    process.exit(0);
  }
  watchdog = startWatchdog(() => {
    void end({ keepLogs: false });
  });
  const supervisor = await identify(process.pid);
  if (watchdog === undefined || supervisor === undefined) {
    throw new ControlPlaneError('the supervisor must lead a process group of its own');
  }
  cluster = createCluster({
    options,
    paths,
    supervisor,
    signal: ending.signal,
    report: (text) => {
      void send({ kind: 'progress', text });
    },
  });
  const ready = await cluster.start();
  await send({ kind: 'ready', ...ready });
}

async function call(id: number, action: Action): Promise<void> {
  try {
    await cluster?.act(action);
    await send({ kind: 'done', id });
  } catch (error) {
    await send({ kind: 'done', id, error: messageOf(error) });
  }
}

async function receive(message: ToSupervisor): Promise<void> {
  switch (message.kind) {
    case 'start':
      try {
        await start(message.options);
      } catch (error) {
        // Ended in the middle of the start: what fails then fails because of that.
        if (!ending.signal.aborted) await fail(error);
      }
      return;
    case 'detach':
      detached = true;
      await cluster?.detach();
      await send({ kind: 'detached' });
      return;
    case 'call':
      return call(message.id, message.action);
    case 'stop':
      return end({ keepLogs: false });
  }
}

process.on('uncaughtException', crash);
process.on('message', (message) => {
  void receive(message as ToSupervisor);
});
process.on('disconnect', () => {
  if (!detached) void end({ keepLogs: false });
});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    void end({ keepLogs: false });
  });
}
