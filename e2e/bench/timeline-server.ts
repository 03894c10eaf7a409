/**
 * Kindscope over an embedded API server, in a process of its own, with a past of so many changes of
 * so many objects that its log is made larger for: `node timeline-server.ts CHANGES OBJECTS`. Prints
 * its URL, as the program does.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createFakeApiServer } from '@kindscope/fake-apiserver';
import { chooseCluster } from '../../apps/server/src/cluster/target.ts';
import { readConfig } from '../../apps/server/src/config.ts';
import { compose } from '../../apps/server/src/program.ts';
import { createMemoryChangeLog } from '../../apps/server/src/timeline/memory-change-log.ts';
import { createRequestEditor } from '../fixtures/request-editor.ts';
import { editedCrds } from '../fixtures/seeded-edits.ts';
import { appendPast, pastGroups, pastKinds } from './timeline-past.ts';

const [changes = 0, objects = 0] = process.argv.slice(2).map(Number);
const folder = process.env['XDG_STATE_HOME'] ?? '.';

const server = await createFakeApiServer({ seed: 7 });
const editor = createRequestEditor(server.url, server.token);
await editor.apply(pastGroups.flatMap(editedCrds));
const kubeconfig = path.join(folder, 'kubeconfig');
await writeFile(kubeconfig, server.kubeconfig(), { mode: 0o600 });

const watch = pastKinds.flatMap(({ resource: { group, version, resource } }) => [
  '--watch',
  `${group}/${version}/${resource}`,
]);
const argv = ['--kubeconfig', kubeconfig, '--port', '0', ...watch];
const outcome = readConfig({ argv, env: {}, cwd: folder });
if (outcome.kind !== 'run') throw new Error(`It cannot be run: ${outcome.kind}.`);
const target = await chooseCluster(outcome.config);
if (!target.ok) throw new Error(target.fault.detail);
const room = { entries: 2 * changes + 10_000, bytes: 2 ** 40 };
const log = createMemoryChangeLog({ perResource: room, total: room });
appendPast(log, { changes, objects, now: Date.now() });
const terminal = { say: () => {}, warn: console.error };
const program = await compose(outcome.config, target.value, terminal, log);
if (!program.ok) throw new Error(program.fault.detail);
console.log(`Kindscope ready: ${program.value.url}`);
