import type { PathSegment } from './field-path.ts';

/**
 * Fields that a controller rewrites to say that it is alive: `renewTime`, `lastHeartbeatTime`,
 * `lastProbeTime`, `observedAt`, `reconciledAt`, `lastSyncTime`, … Names without what they tell
 * the time of (`lastTransitionTime`, `startTime`) are facts, not heartbeats.
 */
const heartbeatName =
  /^(?:last)?(?:renew|heartbeat|probe|observ|check|sync|reconcil|refresh|poll|seen|scrape|update|ping|resync)(?:e?d|ed|e|ing|iation|hronized|ization)?(?:Time|At|Timestamp|Date)$/i;

/** Where leaders of old kept their lease: `renewTime` inside JSON in an annotation. */
const leaderAnnotation = 'control-plane.alpha.kubernetes.io/leader';

/**
 * Whether a changed path is a heartbeat: a known timestamp of a Lease or of a status, or a
 * leader's annotation.
 */
export function isHeartbeat(kind: string | undefined, path: readonly PathSegment[]): boolean {
  const [root] = path;
  const last = path.at(-1);
  if (root?.kind !== 'field' || last?.kind !== 'field') {
    return false;
  }
  if (root.name === 'metadata') {
    return last.name === leaderAnnotation;
  }
  return (root.name === 'status' || kind === 'Lease') && heartbeatName.test(last.name);
}
