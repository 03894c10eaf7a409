import { join } from 'node:path';
import { answersOk, waitUntil } from './readiness.ts';
import type { Run } from './run.ts';

/**
 * Starts etcd with its data in the run directory, and waits until it serves.
 * It does not wait for the disk: its data need not outlive the machine. The quota is etcd's recommended maximum.
 */
export async function startEtcd(run: Run): Promise<void> {
  const client = `http://127.0.0.1:${String(run.ports.etcd)}`;
  const peer = `http://127.0.0.1:${String(run.ports.etcdPeer)}`;
  const program = await run.processes.start('etcd', run.ports.etcd, [
    `--data-dir=${join(run.dir, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--unsafe-no-fsync',
    '--quota-backend-bytes=8589934592',
    '--log-level=error',
  ]);
  await waitUntil({
    what: 'etcd',
    program,
    signal: run.signal,
    probe: async () => answersOk(`${client}/readyz`, run.signal),
  });
  run.report('etcd is ready');
}
