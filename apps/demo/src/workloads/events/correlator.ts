import { stringAt, type JsonObject } from '@kindscope/kube';
import type { Announcement } from '../deed.ts';

/** What becomes of something to be announced. */
export type Correlated =
  | { readonly kind: 'new'; readonly message: string; readonly remember: (name: string) => void }
  | {
      readonly kind: 'again';
      readonly name: string;
      readonly message: string;
      readonly count: number;
      /** The Event is there no more: the next one like it is new. */
      readonly forget: () => void;
    }
  /** Too many about one object. */
  | { readonly kind: 'dropped' };

/**
 * client-go's tools/record/events_cache.go: the same words again raise a count; from the tenth on, different
 * ones about one thing within ten minutes are combined; and of one object only so many are told.
 */
export interface Correlator {
  /** @param now milliseconds since the epoch. */
  observe(component: string, announcement: Announcement, now: number): Correlated;
}

/** So many different messages are told apart; the tenth is combined. */
const mostSimilar = 9;
const similarMs = 600_000;
/** So many about one object at once, and one more each five minutes. */
const burst = 25;
const refillMs = 300_000;
/** So many things are remembered; the one least recently seen is forgotten. */
const capacity = 4096;

interface Similar {
  readonly messages: Set<string>;
  readonly at: number;
}
interface Told {
  readonly name: string;
  readonly count: number;
}
interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

export function createCorrelator(): Correlator {
  const similar = new Map<string, Similar>();
  const told = new Map<string, Told>();
  const buckets = new Map<string, Bucket>();

  function isTooMuch(key: string, now: number): boolean {
    const bucket = buckets.get(key) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, bucket.tokens + (now - bucket.at) / refillMs);
    keep(buckets, key, { tokens: tokens < 1 ? tokens : tokens - 1, at: now });
    return tokens < 1;
  }

  function isCombined(key: string, message: string, now: number): boolean {
    const before = similar.get(key);
    const messages =
      before === undefined || now - before.at > similarMs ? new Set<string>() : before.messages;
    const combined = messages.size >= mostSimilar && !messages.has(message);
    if (!combined) messages.add(message);
    keep(similar, key, { messages, at: now });
    return combined;
  }

  return {
    observe(component, announcement, now) {
      const { about, type, reason, message, fieldPath = '', host = '' } = announcement;
      const object = [component, host, ...identity(about)].join(' ');
      if (isTooMuch(object, now)) return { kind: 'dropped' };
      const thing = [object, fieldPath, type, reason].join(' ');
      const combined = isCombined(thing, message, now);
      const key = combined ? thing : `${thing} ${message}`;
      const text = combined ? `(combined from similar events): ${message}` : message;
      const before = told.get(key);
      if (before === undefined) {
        const remember = (name: string): void => keep(told, key, { name, count: 1 });
        return { kind: 'new', message: text, remember };
      }
      const count = before.count + 1;
      keep(told, key, { name: before.name, count });
      const forget = (): void => void told.delete(key);
      return { kind: 'again', name: before.name, message: text, count, forget };
    },
  };
}

function identity(object: JsonObject): string[] {
  return ['namespace', 'name', 'uid'].map((field) => stringAt(object, 'metadata', field) ?? '');
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= capacity) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
