import { Readable } from 'node:stream';
import { Type } from '@fastify/type-provider-typebox';
import type { Clock } from '@kindscope/informer';
import type { ChangeFeed } from '../fanout/change-feed.ts';
import type { Fanout } from '../fanout/fanout.ts';
import { limits } from '../fanout/limits.ts';
import type { App } from './app.ts';
import { changeScopeQuery, readResource } from './change-query.ts';
import { scopeQuery, unwrap } from './params.ts';
import { createStreamEvents } from './stream-events.ts';

/** Bytes that wait for a client before it gets no more until it reads. */
const highWater = 64 * 1024;

export interface ChangeStreamDeps {
  readonly fanout: Pick<Fanout, 'openFeed'>;
  readonly clock: Clock;
  /** Changes with the server's process: event ids of another one mean nothing here. */
  readonly instance: string;
}

const resourceName = Type.String({ maxLength: 400, examples: ['argoproj.io/v1alpha1/rollouts'] });

const StreamQuery = Type.Object(
  {
    resource: Type.Array(resourceName, {
      minItems: 1,
      maxItems: 32,
      description: 'group/version/resource, the core group written core; repeatable',
    }),
    ...scopeQuery,
    name: changeScopeQuery.name,
    class: changeScopeQuery.class,
    backlog: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 1000, description: 'Past changes first; 0 unless said' }),
    ),
  },
  { additionalProperties: false },
);

/** `GET /api/v1/changes/stream`: changes as server-sent events, for `curl -N` and scripts. */
export function registerChangeStream(app: App, deps: ChangeStreamDeps): void {
  const open = new Set<Readable>();

  app.get(
    '/api/v1/changes/stream',
    {
      // A HEAD's answer has no body whose end would close the feed.
      exposeHeadRoute: false,
      schema: {
        summary: 'Changes across resources, live, as server-sent events (curl -N)',
        querystring: StreamQuery,
        produces: ['text/event-stream'],
      },
    },
    (request, reply) => {
      const { resource, class: classes, backlog = 0, ...scope } = request.query;
      const resources = resource.map(readResource);
      const feed = unwrap(deps.fanout.openFeed({ ...scope, classes, resources }));
      const lastEventId = request.headers['last-event-id'];
      const stream = eventStream(deps, feed, {
        backlog,
        lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
      });
      open.add(stream);
      stream.once('close', () => open.delete(stream));
      // Buffering by a proxy would turn live into late.
      return reply
        .header('x-accel-buffering', 'no')
        .type('text/event-stream; charset=utf-8')
        .send(stream);
    },
  );
  // A stream never ends by itself: closing the server would wait for it.
  app.addHook('preClose', (done) => {
    for (const stream of open) stream.push(null);
    done();
  });
}

/** The events as a stream that asks for more when its reader does. */
function eventStream(
  { clock, instance }: ChangeStreamDeps,
  feed: ChangeFeed,
  start: { readonly backlog: number; readonly lastEventId: string | undefined },
): Readable {
  let lastWrite = clock.monotonic();
  let cancelBeat = clock.after(limits.beatMs, beat);

  function write(text: string): boolean {
    lastWrite = clock.monotonic();
    return stream.push(text);
  }

  function beat(): void {
    const silence = clock.monotonic() - lastWrite;
    if (silence >= limits.beatMs && stream.readableLength < highWater) write(': beat\n\n');
    cancelBeat = clock.after(Math.max(1000, limits.beatMs - silence), beat);
  }

  const events = createStreamEvents({ feed, clock, instance, ...start, write });
  const stream: Readable = new Readable({
    highWaterMark: highWater,
    encoding: 'utf8',
    read: () => events.proceed(),
    destroy(error, done) {
      cancelBeat();
      events.close();
      done(error);
    },
  });
  return stream;
}
