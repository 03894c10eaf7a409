import type { Clock } from '../clock.ts';
import { errorAnswer, type Answer, type Reply, type StreamSink } from '../http/answer.ts';
import type { Gate } from '../http/gate.ts';
import { holdBack } from '../http/stream.ts';
import { eventLine } from '../read/watch-writer.ts';
import { ApiError, expired, statusObject } from '../status.ts';
import type { FaultTarget } from './fault-target.ts';
import type { Fault } from './fault.ts';
import {
  after,
  byteAllowance,
  cutNow,
  delayed,
  endedInNextLine,
  endedWith,
  inserted,
  lineAllowance,
  silenced,
  type StreamFault,
} from './faulty-stream.ts';

type Body = Extract<Answer, { kind: 'body' }>;

/** What a fault does to those it meets. */
export interface FaultEffect {
  /** Waits, or answers in place of the API; undefined lets the request be carried out. */
  before?(target: FaultTarget): Promise<void> | Reply | undefined;
  body?(answer: Body): Reply;
  /** Makes what acts on a watch, new or already open; each watch gets one of its own. */
  stream?(): StreamFault;
}

/** `presence` is closed while the fault is there, and opened when it is removed. */
export function faultEffect(fault: Fault, clock: Clock, presence: Gate): FaultEffect {
  switch (fault.kind) {
    case 'status':
      return { before: () => statusAnswer(fault.code, fault.retryAfterSeconds, fault.message) };
    case 'delay':
      return {
        before: () => Promise.race([passed(clock, fault.ms), presence.opened()]),
        stream: () => delayed(clock, fault.ms, presence),
      };
    case 'cut':
      return broken(fault, presence, 'cut', cutNow);
    case 'half-open':
      return broken(fault, presence, 'silence', silenced);
    case 'freeze':
      return {
        before: () => presence.opened(),
        stream: () => (sink, ends) => holdBack(presence, sink, ends),
      };
    case 'garbage':
      return {
        body: (answer) => ({ ...answer, body: GARBAGE }),
        stream: () => after(lineAllowance(fault.afterEvents ?? 0), presence, inserted(GARBAGE)),
      };
    case 'truncated':
      return {
        body: (answer) => ({ ...answer, body: firstHalf(whole(answer.body)) }),
        stream: () => after(lineAllowance(fault.afterEvents ?? 0), presence, endedInNextLine),
      };
    case 'expired':
      return {
        before: ({ verb }) => (verb === 'watch' ? undefined : errorAnswer(EXPIRED)),
        stream: () =>
          after(lineAllowance(fault.afterEvents ?? 0), presence, endedWith(expiredLine())),
      };
  }
}

const GARBAGE = Buffer.from('<html>this is not JSON</html>\n');
const EXPIRED = expired('The resourceVersion for the provided list is too old.');

function expiredLine(): Buffer {
  const { fields } = expired('The resourceVersion for the provided watch is too old.');
  return eventLine('ERROR', JSON.stringify(statusObject(fields)));
}

function broken(
  { afterEvents, afterBytes }: Extract<Fault, { kind: 'cut' | 'half-open' }>,
  presence: Gate,
  end: 'cut' | 'silence',
  takeOver: (sink: StreamSink) => StreamSink,
): FaultEffect {
  const atOnce = afterEvents === undefined && afterBytes === undefined;
  return {
    before: () => (atOnce ? { kind: 'broken', end } : undefined),
    body(answer) {
      if (afterBytes === undefined || afterBytes === 0) return { kind: 'broken', end };
      const { status, contentType, headers = {}, body } = answer;
      const part = whole(body).subarray(0, afterBytes);
      return { kind: 'broken', begin: { status, contentType, headers, part }, end };
    },
    stream() {
      const allowance =
        afterBytes === undefined ? lineAllowance(afterEvents ?? 0) : byteAllowance(afterBytes);
      return after(allowance, presence, takeOver);
    },
  };
}

function passed(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}

function whole(body: Body['body']): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.concat([...body]);
}

function firstHalf(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}

/** apimachinery's StatusReason of the codes that a client treats in a way of its own. */
const REASONS: ReadonlyMap<number, string> = new Map([
  [400, 'BadRequest'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'NotFound'],
  [409, 'Conflict'],
  [410, 'Expired'],
  [429, 'TooManyRequests'],
  [500, 'InternalError'],
  [503, 'ServiceUnavailable'],
  [504, 'Timeout'],
]);

function statusAnswer(
  code: number,
  retryAfterSeconds: number | undefined,
  message = `the server was told to answer ${code}`,
): Answer {
  const details = retryAfterSeconds === undefined ? {} : { details: { retryAfterSeconds } };
  return errorAnswer(new ApiError({ code, reason: REASONS.get(code) ?? '', message, ...details }));
}
