import { failureOfError, failureOfGarbage, failureOfResponse, failureOfStatus } from './failure.ts';
import type { Failure } from './failure.ts';
import type { Transform } from './informer-deps.ts';
import type { InformerTarget } from './informer-target.ts';
import { createLineSplitter } from './line-splitter.ts';
import { readListPage } from './list-page.ts';
import type { Log } from './log.ts';
import { resourcePath } from './resource-path.ts';
import { TransportError } from './transport-error.ts';
import type { Transport, TransportResponse } from './transport.ts';
import { readWatchLine } from './watch-line.ts';
import type { WatcherInput } from './watcher-state.ts';

export interface RequestContext {
  readonly target: InformerTarget;
  readonly transport: Transport;
  readonly transform?: Transform | undefined;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly tell: (input: WatcherInput) => void;
  readonly skip: (detail: string) => void;
}

const PAGE_SIZE = 500;
/** kube-apiserver itself gives a list up after a minute. */
const LIST_TIMEOUT_MS = 60_000;

/** Asks for one page and tells `page` or `failed`. Never rejects. */
export async function requestPage(
  context: RequestContext,
  continueToken: string | undefined,
): Promise<void> {
  const { target, transport, signal, transform, tell } = context;
  await telling('list', context, async () => {
    const response = await transport.request({
      path: resourcePath(target),
      // A `continue` request says neither resourceVersion nor resourceVersionMatch [I2].
      query: { ...selectors(target), limit: PAGE_SIZE, continue: continueToken },
      headers: accept(target, 'PartialObjectMetadataList'),
      timeoutMs: LIST_TIMEOUT_MS,
      signal,
    });
    if (response.status !== 200) return failureOfResponse(response, 'list');
    const result = readListPage(await response.text(), transform);
    if (!result.ok) return failureOfGarbage(result.detail);
    tell({ kind: 'page', page: result.page });
    return undefined;
  });
}

/** Watches and tells what comes, at last `ended` or `failed`. Never rejects. */
export async function requestWatch(
  context: RequestContext & { readonly kind: string | undefined },
  watch: { readonly resourceVersion: string; readonly timeoutSeconds: number },
): Promise<void> {
  const { target, transport, signal, tell } = context;
  await telling('watch', context, async () => {
    const response = await transport.request({
      path: resourcePath(target),
      query: {
        ...selectors(target),
        watch: 1,
        allowWatchBookmarks: true, // [I7]
        resourceVersion: watch.resourceVersion,
        timeoutSeconds: watch.timeoutSeconds,
      },
      // A watch is flushed event by event; compressing it would only delay it.
      headers: { ...accept(target, 'PartialObjectMetadata'), 'accept-encoding': 'identity' },
      // The watcher's own watchdog is the limit: the headers may be withheld until the first event.
      timeoutMs: watch.timeoutSeconds * 1000 + 10_000,
      idleTimeoutMs: 0,
      onSent: () => tell({ kind: 'sent' }),
      signal,
    });
    if (response.status !== 200) return failureOfResponse(response, 'watch');
    tell({ kind: 'opened' });
    return readEvents(context, response);
  });
}

async function readEvents(
  context: RequestContext & { readonly kind: string | undefined },
  response: TransportResponse,
): Promise<Failure | undefined> {
  const splitter = createLineSplitter();
  const reader = { kind: context.kind, transform: context.transform };
  for await (const chunk of response.stream) {
    for (const line of splitter.push(chunk)) {
      // A line before this one may have ended the watch.
      if (context.signal.aborted) return undefined;
      const read = readWatchLine(line, reader);
      switch (read.kind) {
        case 'object':
        case 'bookmark':
          context.tell(read);
          break;
        case 'skipped':
          context.skip(read.detail);
          break;
        case 'error':
          return failureOfStatus(read.status, 'watch');
        case 'garbage':
          return failureOfGarbage(read.detail);
      }
    }
  }
  if (splitter.pending > 0) return failureOfGarbage('The watch ended in the middle of a line.');
  context.tell({ kind: 'ended' });
  return undefined;
}

async function telling(
  stage: 'list' | 'watch',
  { tell, log, signal }: RequestContext,
  request: () => Promise<Failure | undefined>,
): Promise<void> {
  try {
    const failure = await request();
    if (failure !== undefined) tell({ kind: 'failed', failure });
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof TransportError) {
      tell({ kind: 'failed', failure: failureOfError(error, stage) });
      return;
    }
    // A line too long, a transform that throws, a mistake of ours: said, and tried again.
    log.error({ err: error }, 'informer: an answer could not be read');
    const detail = error instanceof Error ? error.message : String(error);
    tell({ kind: 'failed', failure: failureOfGarbage(detail) });
  }
}

/** [I24] */
function selectors(target: InformerTarget): Record<string, string | undefined> {
  return { labelSelector: target.labelSelector, fieldSelector: target.fieldSelector };
}

/**
 * Metadata alone, from servers that know how (API server concepts, “Metadata-only representation”);
 * whole objects from others.
 */
function accept({ form }: InformerTarget, as: string): Record<string, string> {
  if (form === undefined) return {};
  return { accept: `application/json;as=${as};g=meta.k8s.io;v=v1,application/json` };
}
