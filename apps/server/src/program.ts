import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  countObjects,
  createInformerFactory,
  createRecoveryProbe,
  createTransport,
  discover,
  systemClock,
  type Log,
} from '@kindscope/informer';
import type { Fault, Freshness } from '@kindscope/protocol';
import pino from 'pino';
import { createCatalog } from './catalog/live-catalog.ts';
import { createSecretRedaction } from './catalog/secret-redaction.ts';
import { createClusterFacts } from './cluster/cluster-facts.ts';
import { createClusterConnection } from './cluster/connection.ts';
import { createDemoStories } from './cluster/demo-stories.ts';
import { chooseCluster, type ClusterTarget } from './cluster/target.ts';
import type { Config } from './config.ts';
import { createFanout } from './fanout/fanout.ts';
import { createRowBuilders } from './fanout/rows.ts';
import { createAccess } from './http/access.ts';
import { createHosts } from './http/hosts.ts';
import { listen, printedUrl } from './http/listen.ts';
import { createServer } from './http/server.ts';
import { registerSocket } from './http/socket.ts';
import { registerChangeStream } from './http/stream.ts';
import type { Result } from './result.ts';
import { onStopSignal } from './stop-signals.ts';
import {
  faultLine,
  followCatalogue,
  followConnection,
  sayCluster,
  type Terminal,
} from './terminal.ts';
import { createActivity } from './timeline/activity.ts';
import { withAway } from './timeline/away.ts';
import type { ChangeLog } from './timeline/change-log.ts';
import { createChangeRecorder } from './timeline/change-recorder.ts';
import { createListKeys } from './timeline/list-keys.ts';
import { createMemoryChangeLog } from './timeline/memory-change-log.ts';
import { createRevisionLog } from './timeline/revision-log.ts';
import { version } from './version.ts';
import { createKeepWatching } from './watching/keep-watching.ts';
import { createPinFile, forgetfulPins, stateFolder, type PinStore } from './watching/pin-store.ts';

const clock = systemClock;
const random = Math.random;
const dist = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** Longer than this nobody waits for a tidy end. */
const stopMs = 1500;

/** Shows the cluster until it is asked to end; resolves with the exit status. */
export async function serve(config: Config, terminal: Terminal): Promise<number> {
  const asked = Promise.withResolvers<number>();
  const offSignals = onStopSignal(() => asked.resolve(0));
  const target = await Promise.race([chooseCluster(config), asked.promise]);
  if (typeof target === 'number') return target;
  if (!target.ok) {
    terminal.warn(faultLine(target.fault));
    return 1;
  }
  sayCluster(terminal, target.value);
  target.value.demo?.onLost((fault) => terminal.warn(faultLine(fault)));
  const program = await compose(config, target.value, terminal);
  if (program.ok) terminal.say(`Kindscope ready: ${program.value.url}`);
  else terminal.warn(faultLine(program.fault));
  const status = program.ok ? await asked.promise : 1;
  const stop = program.ok ? program.value.stop() : target.value.demo?.stop();
  await Promise.race([stop, new Promise<void>((resolve) => setTimeout(resolve, stopMs))]);
  offSignals();
  return status;
}

interface Program {
  readonly url: string;
  stop(): Promise<void>;
}

/** The one place where the parts are put together. `changes`: what keeps the changes, with those of before. */
export async function compose(
  config: Config,
  target: ClusterTarget,
  terminal: Terminal,
  changes: ChangeLog = createMemoryChangeLog(),
): Promise<Result<Program>> {
  const log = pino({ level: config.logLevel }, pino.destination({ fd: 2, sync: true }));
  const { credentials, demo } = target;
  const instance = randomBytes(9).toString('base64url');
  const token = config.token ?? randomBytes(16).toString('hex');
  let port = config.port;

  const userAgent = `kindscope/${version}`;
  const transport = createTransport({ credentials, userAgent, log, clock });
  const probe = createRecoveryProbe({ transport, clock, random, log });
  const connection = createClusterConnection({ probe, clock });
  const facts = createClusterFacts({ transport, connection, log });
  const transform = createSecretRedaction();
  const deps = { transport, probe, clock, random, log, transform, lingerMs: 0 };
  const factory = createInformerFactory(deps);
  const catalog = createCatalog({
    factory,
    discover: (signal) => discover({ transport, signal }),
    count: (counted, signal) => countObjects({ ...counted, transport, signal }),
    connection,
    clock,
    log,
    namespaces: config.namespaces,
    // As kubectl: a context that names none means this one.
    fallbackNamespace: credentials.namespace ?? 'default',
  });
  // Some servers say that they are ready to whoever asks: that is no word on our credentials.
  catalog.onFreshness((freshness) => connection.refused(refusedCredentials(freshness)));
  const revisions = createRevisionLog();
  revisions.follow(changes);
  revisions.watch(catalog, clock);
  const activity = createActivity({ clock });
  const later = (task: () => void) => void setImmediate(task);
  const listKeys = createListKeys((ref) => catalog.schema(ref));
  const recorder = createChangeRecorder({
    catalog,
    listKeys,
    changes,
    activity,
    clock,
    later,
    log,
  });
  const watching = createKeepWatching({
    catalog,
    flags: config.watch,
    pins: demo === undefined ? pinsOf(target, log) : forgetfulPins,
    clock,
    log,
  });
  const rowBuilder = createRowBuilders();
  const cluster = connection;
  const streaming = { catalog, changes, revisions, activity, rowBuilder, clock, log, instance };
  const fanout = createFanout({ ...streaming, cluster, version });

  const app = await createServer({
    catalog,
    changeLog: withAway(changes, () => catalog.informers()),
    changes,
    revisions,
    watching,
    ...(demo !== undefined && { stories: createDemoStories({ transport }) }),
    clock,
    instance,
    activity,
    rowBuilder,
    connection,
    access: createAccess({ token, port: () => port, basePath: config.basePath }),
    hosts: createHosts({
      allowed: config.allowedHosts,
      listen: config.listen,
      port: () => port,
    }),
    cluster: () => ({
      version,
      context: target.context,
      source: target.source,
      embedded: demo !== undefined,
      server: target.server,
      ...(facts.serverVersion !== undefined && { serverVersion: facts.serverVersion }),
      ...(facts.identity !== undefined && { identity: facts.identity }),
      state: connection.state,
      ...(demo !== undefined && { kubeconfig: demo.kubeconfig }),
      ...(config.namespaces.length > 0 && { namespaces: [...config.namespaces] }),
    }),
    log,
    version,
    dist,
    basePath: config.basePath,
    async streams(app) {
      await registerSocket(app, { fanout, clock, log });
      registerChangeStream(app, { fanout, clock, instance });
    },
  });

  const offConnection = followConnection(terminal, connection);
  const offCatalogue = followCatalogue(terminal, { catalog, connection });
  const stop = async () => {
    offConnection();
    offCatalogue();
    fanout.close();
    watching.stop();
    recorder.stop();
    catalog.stop();
    facts.stop();
    probe.stop();
    await Promise.all([app.close(), factory.stop()]);
    await Promise.all([transport.close(), demo?.stop()]);
  };
  const listening = await listen(app, config);
  if (!listening.ok) {
    await stop();
    return listening;
  }
  port = listening.value;
  probe.check();
  return { ok: true, value: { url: printedUrl(config, port, token), stop } };
}

/** By cluster and by who asks there: what one may watch another may not. */
function pinsOf({ server, context }: ClusterTarget, log: Log): PinStore {
  try {
    const file = path.join(stateFolder(process.env, homedir), 'pins.json');
    return createPinFile(file, `${context} ${server}`);
  } catch (error) {
    log.error({ err: error }, 'pins end with the process: there is no home directory');
    return forgetfulPins;
  }
}

function refusedCredentials(freshness: Freshness): Fault | undefined {
  return freshness.kind === 'stale' && freshness.fault.code === 'unauthorized'
    ? freshness.fault
    : undefined;
}
