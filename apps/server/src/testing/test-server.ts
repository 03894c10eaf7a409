import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@kindscope/informer';
import pino from 'pino';
import type { DemoStories } from '../cluster/demo-stories.ts';
import { createFanout } from '../fanout/fanout.ts';
import { createRowBuilders } from '../fanout/rows.ts';
import { createAccess } from '../http/access.ts';
import type { App } from '../http/app.ts';
import { createHosts } from '../http/hosts.ts';
import { createServer } from '../http/server.ts';
import { registerSocket } from '../http/socket.ts';
import { registerChangeStream } from '../http/stream.ts';
import { createActivity } from '../timeline/activity.ts';
import { withAway } from '../timeline/away.ts';
import { createChangeRecorder } from '../timeline/change-recorder.ts';
import { createListKeys } from '../timeline/list-keys.ts';
import { createMemoryChangeLog } from '../timeline/memory-change-log.ts';
import { createRevisionLog } from '../timeline/revision-log.ts';
import { createKeepWatching } from '../watching/keep-watching.ts';
import { forgetfulPins } from '../watching/pin-store.ts';
import { startLiveCluster, type LiveCluster, type LiveClusterOptions } from './live-cluster.ts';

export const token = 'correct-horse-battery';

export interface TestServer {
  readonly app: App;
  readonly cluster: LiveCluster;
  close(): Promise<void>;
}

export interface TestServerOptions extends LiveClusterOptions {
  readonly allowedHosts?: readonly string[];
  readonly basePath?: string;
  /** The cluster is the demo's. */
  readonly stories?: DemoStories;
  /** The page has not been built. */
  readonly noPage?: true;
}

/** The whole server on an embedded API server, as if it listened on port 7373; ask it with `app.inject`. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const cluster = await startLiveCluster(options);
  const dist = await mkdtemp(join(tmpdir(), 'kindscope-dist-'));
  if (options.noPage !== true) await writePage(dist);
  const { catalog, connection } = cluster;
  const log = pino({ level: 'silent' });
  const clock = systemClock;
  const instance = 'test';
  const changes = createMemoryChangeLog();
  const revisions = createRevisionLog();
  revisions.follow(changes);
  const activity = createActivity({ clock });
  const later = (task: () => void) => void setImmediate(task);
  const recorder = createChangeRecorder({
    catalog,
    listKeys: createListKeys((ref) => catalog.schema(ref)),
    changes,
    activity,
    clock,
    later,
    log,
  });
  const watching = createKeepWatching({ catalog, flags: [], pins: forgetfulPins, clock, log });
  const rowBuilder = createRowBuilders();
  const streaming = { catalog, changes, revisions, activity, rowBuilder, clock, log, instance };
  const fanout = createFanout({ ...streaming, cluster: connection, version: '0.0.0' });
  const port = () => 7373;
  const basePath = options.basePath ?? '';
  const app = await createServer({
    catalog,
    changeLog: withAway(changes, () => catalog.informers()),
    changes,
    revisions,
    watching,
    ...(options.stories !== undefined && { stories: options.stories }),
    clock,
    instance,
    activity,
    rowBuilder,
    connection,
    access: createAccess({ token, port, basePath }),
    hosts: createHosts({ allowed: options.allowedHosts ?? [], listen: '127.0.0.1', port }),
    cluster: () => ({
      version: '0.0.0',
      context: 'test',
      source: 'test',
      embedded: false,
      server: cluster.api.url,
      state: connection.state,
    }),
    log,
    version: '0.0.0',
    dist,
    basePath,
    async streams(app) {
      await registerSocket(app, { fanout, clock, log });
      registerChangeStream(app, { fanout, clock, instance });
    },
  });
  return {
    app,
    cluster,
    async close() {
      fanout.close();
      recorder.stop();
      await app.close();
      await cluster.close();
      await rm(dist, { recursive: true, force: true });
    },
  };
}

async function writePage(dist: string): Promise<void> {
  await mkdir(join(dist, 'assets'));
  await writeFile(
    join(dist, 'index.html'),
    '<!doctype html><html><head><base href="/" /><script src="./assets/app-1a2b.js"></script></head></html>',
  );
  await writeFile(join(dist, 'assets/app-1a2b.js'), 'export {};');
  await writeFile(join(dist, 'theme.js'), 'export {};');
  await writeFile(join(dist, '.stamp'), 'secret');
}
