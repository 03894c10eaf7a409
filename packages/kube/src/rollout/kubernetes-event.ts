import { stringAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import { instantAt, uidOf, wholeAt } from './object-reading.ts';
import type { KubernetesEvent } from './scene.ts';

/**
 * Reads an Event of `v1` or `events.k8s.io/v1`; undefined for one that does not say what it is
 * about or when it was. Rule: kubernetes `pkg/apis/core/v1` conversions of Event: the newer API
 * keeps the older one's fields as `deprecated…`.
 */
export function readKubernetesEvent(object: JsonObject): KubernetesEvent | undefined {
  const uid = uidOf(object);
  const about =
    stringAt(object, 'regarding', 'uid') ?? stringAt(object, 'involvedObject', 'uid') ?? '';
  const times = instants(object);
  if (uid === '' || about === '' || times.length === 0) {
    return undefined;
  }
  return {
    uid,
    about,
    type: stringAt(object, 'type') || 'Normal',
    reason: stringAt(object, 'reason') ?? '',
    message: stringAt(object, 'note') ?? stringAt(object, 'message') ?? '',
    count: countOf(object),
    first: Math.min(...times),
    last: Math.max(...times),
    reporter: reporterOf(object),
  };
}

/** When it was seen; when it was stored only where it says nothing else. */
function instants(object: JsonObject): number[] {
  const said = [
    instantAt(object, 'firstTimestamp'),
    instantAt(object, 'lastTimestamp'),
    instantAt(object, 'deprecatedFirstTimestamp'),
    instantAt(object, 'deprecatedLastTimestamp'),
    instantAt(object, 'eventTime'),
    instantAt(object, 'series', 'lastObservedTime'),
  ].filter((instant) => instant !== undefined);
  const stored = instantAt(object, 'metadata', 'creationTimestamp');
  return said.length > 0 || stored === undefined ? said : [stored];
}

function countOf(object: JsonObject): number {
  const counts = [
    wholeAt(object, 'series', 'count'),
    wholeAt(object, 'count'),
    wholeAt(object, 'deprecatedCount'),
  ];
  return Math.max(1, ...counts.filter((count) => count !== undefined));
}

function reporterOf(object: JsonObject): string {
  const component =
    stringAt(object, 'source', 'component') ||
    stringAt(object, 'deprecatedSource', 'component') ||
    stringAt(object, 'reportingController') ||
    stringAt(object, 'reportingComponent') ||
    '';
  const host =
    stringAt(object, 'source', 'host') ||
    stringAt(object, 'deprecatedSource', 'host') ||
    stringAt(object, 'reportingInstance') ||
    '';
  const place = host.startsWith(`${component}-`) ? host.slice(component.length + 1) : host;
  return place === '' || place === component ? component : `${component}, ${place}`;
}
