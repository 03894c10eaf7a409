import { stringAt, type JsonObject } from '@kindscope/kube';
import { instant } from '../../controllers/conditions.ts';
import type { Announcement } from '../deed.ts';

/** An Event as it is created (core/v1). @param now milliseconds since the epoch. */
export function eventOf(
  component: string,
  { about, type, reason, fieldPath, host, action }: Announcement,
  { name, message, now }: { readonly name: string; readonly message: string; readonly now: number },
): JsonObject {
  const namespace = namespaceOf(about);
  const at = instant(now);
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    involvedObject: {
      kind: stringAt(about, 'kind'),
      namespace: stringAt(about, 'metadata', 'namespace'),
      name: stringAt(about, 'metadata', 'name'),
      uid: stringAt(about, 'metadata', 'uid'),
      apiVersion: stringAt(about, 'apiVersion'),
      resourceVersion: stringAt(about, 'metadata', 'resourceVersion'),
      fieldPath,
    },
    reason,
    message,
    type,
    reportingComponent: component,
    ...(action === undefined
      ? {
          source: { component, host },
          firstTimestamp: at,
          lastTimestamp: at,
          count: 1,
          eventTime: null,
          reportingInstance: host ?? '',
        }
      : {
          source: {},
          firstTimestamp: null,
          lastTimestamp: null,
          action,
          eventTime: microInstant(now),
          reportingInstance: `${component}-control-plane`,
        }),
  };
}

/** What changes of an Event when the same has happened again: a JSON merge patch. */
export function eventAgain(
  { action }: Announcement,
  {
    message,
    count,
    now,
  }: { readonly message: string; readonly count: number; readonly now: number },
): JsonObject {
  return action === undefined
    ? { message, count, lastTimestamp: instant(now) }
    : { series: { count, lastObservedTime: microInstant(now) } };
}

/** Where it is kept: with its object; `default` for what has no namespace. */
export function namespaceOf(about: JsonObject): string {
  return stringAt(about, 'metadata', 'namespace') ?? 'default';
}

/** RFC 3339 with microseconds. */
export function microInstant(now: number): string {
  return new Date(now).toISOString().replace('Z', '000Z');
}
