import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ControlPlaneError } from './errors.ts';
import type { Action, FromSupervisor, StartOptions, ToSupervisor } from './messages.ts';
import type { ClusterState } from './state.ts';

export interface SupervisedOptions extends StartOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (text: string) => void;
}

/** A cluster held by a supervisor that ends with this process, unless it is detached. */
interface Supervised {
  readonly state: ClusterState;
  readonly token: string;
  readonly call: (action: Action) => Promise<void>;
  /** Lets the cluster run on without this process. */
  readonly detach: () => Promise<void>;
  /** Resolves when every process of the cluster has ended. */
  readonly stop: () => Promise<void>;
}

const supervisorFile = fileURLToPath(new URL('./supervisor.ts', import.meta.url));

type Outcome =
  | { readonly kind: 'started'; readonly supervised: Supervised }
  /** A cluster of that name runs, or is being started or stopped. */
  | { readonly kind: 'taken' };

/**
 * Starts a supervisor in a process group of its own and has it start a cluster.
 * Rejects with ControlPlaneError when the cluster does not come up, and with the signal's reason when it is aborted;
 * nothing is left running then.
 */
export async function startSupervised(options: SupervisedOptions): Promise<Outcome> {
  const { signal, onProgress, ...start } = options;
  signal?.throwIfAborted();
  const child = spawn(process.execPath, [supervisorFile], {
    // A group of its own: a Ctrl-C in the terminal reaches it through us, and its watchdog can end the group.
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    cwd: '/',
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
  const calls = new Map<number, (error: string | undefined) => void>();
  const tell = (message: ToSupervisor): void => {
    // The supervisor may be gone already: that is told by `exited`.
    child.send(message, () => undefined);
  };
  const stop = async (): Promise<void> => {
    child.ref();
    if (child.connected) child.disconnect();
    await exited;
  };

  const ready = Promise.withResolvers<Outcome>();
  const gone = (): ControlPlaneError =>
    new ControlPlaneError('the supervisor of the control plane has ended');
  const detached = Promise.withResolvers<void>();
  // Both are refused below even when nobody waits for them.
  detached.promise.catch(() => undefined);

  let lastCall = 0;
  const call: Supervised['call'] = async (action) =>
    new Promise((resolve, reject) => {
      if (!child.connected) {
        reject(gone());
        return;
      }
      const id = ++lastCall;
      // Only while an answer is awaited does the channel keep this process alive.
      child.channel?.ref();
      calls.set(id, (error) => {
        calls.delete(id);
        if (calls.size === 0) child.channel?.unref();
        if (error === undefined) resolve();
        else reject(new ControlPlaneError(error));
      });
      tell({ kind: 'call', id, action });
    });

  const receive = (message: FromSupervisor): void => {
    switch (message.kind) {
      case 'progress':
        onProgress?.(message.text);
        return;
      case 'ready': {
        const { state, token } = message;
        const detach = async (): Promise<void> => {
          child.channel?.ref();
          tell({ kind: 'detach' });
          await detached.promise;
          child.disconnect();
        };
        ready.resolve({ kind: 'started', supervised: { state, token, call, detach, stop } });
        return;
      }
      case 'taken':
        ready.resolve({ kind: 'taken' });
        return;
      case 'failed':
        ready.reject(new ControlPlaneError(message.message, message.remedy));
        return;
      case 'detached':
        detached.resolve();
        return;
      case 'done':
        calls.get(message.id)?.(message.error);
    }
  };
  child.on('message', (message) => {
    receive(message as FromSupervisor);
  });
  void exited.then(() => {
    ready.reject(gone());
    detached.reject(gone());
    for (const settle of calls.values()) settle(gone().message);
  });

  const abort = (): void => {
    ready.reject(signal?.reason);
  };
  signal?.addEventListener('abort', abort, { once: true });
  try {
    tell({ kind: 'start', options: start });
    const outcome = await ready.promise;
    // A test that forgets to stop its cluster can still end, and its end stops the cluster.
    child.unref();
    child.channel?.unref();
    return outcome;
  } catch (error) {
    await stop();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
