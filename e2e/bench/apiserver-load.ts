/** The load generator, a process of its own: takes orders over IPC, one at a time. */
import { request as plain, Agent as PlainAgent, type IncomingMessage } from 'node:http';
import { request as secure, Agent as SecureAgent } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { collection, crds, everywhere, itemBody, itemCrd } from './apiserver-objects.ts';
import type { Order, Outcome, Report, Target, Task } from './apiserver-tasks.ts';

process.on('message', (order: Order) => {
  measure(order)
    .then((report): Outcome => ({ report }))
    .catch((error: unknown): Outcome => ({ error: String(error) }))
    .then((outcome) => process.send?.(outcome))
    .catch(() => process.exit(1));
});
process.once('disconnect', () => process.exit());

/** What came in, while a task runs. */
interface Tally {
  bytes: number;
  items: number;
  revision: string;
}

async function measure({ target, task }: Order): Promise<Report> {
  const client = createClient(target);
  try {
    const run = await prepare(client, task);
    const tally: Tally = { bytes: 0, items: 0, revision: '' };
    const cpu = process.cpuUsage();
    const begun = performance.now();
    await run(tally);
    const ms = performance.now() - begun;
    const { user, system } = process.cpuUsage(cpu);
    return { ms, load: (user + system) / 1000 / ms, ...tally };
  } finally {
    client.close();
  }
}

type Run = (tally: Tally) => Promise<void>;

/** Everything that is not to be measured is done before the returned function is called. */
async function prepare(client: Client, task: Task): Promise<Run> {
  switch (task.kind) {
    case 'setup':
      return () => establish(client);
    case 'create':
      return writeAll(client, task);
    case 'list':
      return (tally) => list(client, task.limit, tally);
    case 'replay': {
      const path = `${everywhere}?watch=1&resourceVersion=${task.revision}`;
      return async (tally) => (await watch(client, path, task.count, tally)).done;
    }
    case 'fanout': {
      const seen: Tally = { bytes: 0, items: 0, revision: '' };
      // A watch is answered at once, and says what there is from the next write on.
      const revision = await currentVersion(client);
      const path = `${everywhere}?watch=1&resourceVersion=${revision}`;
      const watches = Array.from({ length: task.watchers }, () =>
        watch(client, path, task.count, seen),
      );
      const open = await Promise.all(watches);
      const write = writeAll(client, task);
      return async (tally) => {
        await Promise.all([write(tally), ...open.map(({ done }) => done)]);
        Object.assign(tally, seen, { revision });
      };
    }
  }
}

/** Resolves once the resource of the CRD is served. */
async function establish(client: Client): Promise<void> {
  await discard(await client.send('POST', crds, Buffer.from(JSON.stringify(itemCrd))));
  for (let tries = 0; ; tries += 1) {
    try {
      await currentVersion(client);
      return;
    } catch (error) {
      if (tries === 100) throw error;
      await wait(50);
    }
  }
}

function writeAll(
  client: Client,
  task: { readonly from: number; readonly count: number; readonly writers: number },
): Run {
  const bodies = Array.from({ length: task.count }, (_, index) => itemBody(task.from + index));
  let next = 0;
  const write = async (tally: Tally): Promise<void> => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const response = await client.send('POST', collection, body);
      tally.bytes += await discard(response);
      tally.items += 1;
    }
  };
  return async (tally) => {
    await Promise.all(Array.from({ length: task.writers }, () => write(tally)));
  };
}

/** In every object, once. */
const ITEM_MARK = '"managedFields":';

async function list(client: Client, limit: number | undefined, tally: Tally): Promise<void> {
  if (limit === undefined) {
    const response = await client.send('GET', `${everywhere}?resourceVersion=0`);
    await readWhole(response, (chunk) => {
      tally.bytes += chunk.length;
      // A mark across two chunks is missed: few enough to tell a whole list from a part.
      tally.items += count(chunk, ITEM_MARK);
    });
    return;
  }
  for (let token: string | undefined = ''; token !== undefined;) {
    const path: string = `${everywhere}?limit=${limit}&continue=${token}`;
    const page: Buffer = await whole(await client.send('GET', path));
    tally.bytes += page.length;
    tally.items += count(page, ITEM_MARK);
    // Lists of custom resources end with their metadata.
    const end = page.subarray(-1000).toString();
    tally.revision = /"resourceVersion":"(\d+)"\}\}\s*$/.exec(end)?.[1] ?? '';
    token = /"continue":"([^"]+)"/.exec(end)?.[1];
  }
}

/** Resolves once the watch stands; `done` when `events` have come. */
async function watch(
  client: Client,
  path: string,
  events: number,
  tally: Tally,
): Promise<{ readonly done: Promise<void> }> {
  const response = await client.send('GET', path);
  let seen = 0;
  const done = readChunks(response, (chunk) => {
    const lines = count(chunk, '\n');
    tally.bytes += chunk.length;
    tally.items += lines;
    seen += lines;
    if (seen >= events) response.destroy();
  }).then(() => {
    if (seen < events) throw new Error(`A watch ended after ${seen} of ${events} events.`);
  });
  return { done };
}

async function currentVersion(client: Client): Promise<string> {
  const page = (await whole(await client.send('GET', `${everywhere}?limit=1`))).toString();
  return /"resourceVersion":"(\d+)"\}\}\s*$/.exec(page)?.[1] ?? '';
}

interface Client {
  /** Sends a request over a kept connection; rejects for any answer but success. */
  send(method: string, path: string, body?: Buffer): Promise<IncomingMessage>;
  close(): void;
}

function createClient(target: Target): Client {
  const { url, token, authority } = target;
  const agent =
    authority === undefined
      ? new PlainAgent({ keepAlive: true })
      : new SecureAgent({ keepAlive: true, ca: authority });
  const request = authority === undefined ? plain : secure;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return {
    send: (method, path, body) =>
      new Promise((resolve, reject) => {
        const sent = body === undefined ? headers : { ...headers, 'content-length': body.length };
        const options = { method, agent, headers: sent };
        const outgoing = request(`${url}${path}`, options, (response) => {
          if ((response.statusCode ?? 500) < 300) resolve(response);
          else {
            whole(response).then(
              (answer) => reject(new Error(`${method} ${path}: ${answer.toString()}`)),
              reject,
            );
          }
        });
        outgoing.once('error', reject);
        outgoing.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** Hands on every chunk; resolves when no more will come, false when the answer broke off. */
function readChunks(response: IncomingMessage, take: (chunk: Buffer) => void): Promise<boolean> {
  return new Promise((resolve) => {
    response.on('data', take);
    response.on('error', () => undefined);
    response.once('close', () => resolve(response.complete));
  });
}

async function readWhole(response: IncomingMessage, take: (chunk: Buffer) => void): Promise<void> {
  if (!(await readChunks(response, take))) throw new Error('The server broke off its answer.');
}

async function whole(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await readWhole(response, (chunk) => chunks.push(chunk));
  return Buffer.concat(chunks);
}

async function discard(response: IncomingMessage): Promise<number> {
  let bytes = 0;
  await readWhole(response, (chunk) => (bytes += chunk.length));
  return bytes;
}

function count(bytes: Buffer, mark: string): number {
  let found = 0;
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length))
    found += 1;
  return found;
}
