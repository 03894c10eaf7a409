import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { identify, isAlive, parseProcStat, parsePs, signalExactly } from './identity.ts';

test('a program name with blanks and parentheses does not shift the fields of /proc/PID/stat', () => {
  const rest = '1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 1000 20';
  expect(parseProcStat(`42 (a) b (c)) S ${rest}`)).toEqual({ state: 'S', startTicks: '987654' });
});

test('a cut-off /proc/PID/stat gives nothing', () => {
  expect(parseProcStat('42 (etcd) S 1 1')).toBeUndefined();
});

test('ps gives state and start time', () => {
  expect(parsePs('Ss+  Sun Nov 22 14:31:02 2026\n')).toEqual({
    state: 'Ss+',
    started: 'Sun Nov 22 14:31:02 2026',
  });
  expect(parsePs('')).toBeUndefined();
});

test('this process is alive, and stays the same one', async () => {
  const identity = await identify(process.pid);
  expect(identity).toEqual(await identify(process.pid));
  expect(identity !== undefined && (await isAlive(identity))).toBe(true);
});

test('a process that has our pid but another start time is not signalled', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const identity = await identify(child.pid ?? 0);
  if (identity === undefined) throw new Error('the child was not identified');
  expect(await signalExactly({ ...identity, started: 'earlier' }, 'SIGKILL')).toBe(false);
  expect(await isAlive(identity)).toBe(true);
  expect(await signalExactly(identity, 'SIGKILL')).toBe(true);
  await once(child, 'exit');
  expect(await isAlive(identity)).toBe(false);
  expect(await signalExactly(identity, 'SIGKILL')).toBe(false);
});
