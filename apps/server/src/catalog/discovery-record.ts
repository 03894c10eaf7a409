import type { Clock, Discovery, InformerState, InformerTarget } from '@kindscope/informer';
import type { Fault, Freshness } from '@kindscope/protocol';
import { canListCommand, toFault } from '../cluster/fault.ts';
import { toFreshness } from './freshness.ts';

/** What the catalogue may be believed, by the last discovery and the watch of the CRDs. */
export interface DiscoveryRecord {
  /** Whether something was learnt. */
  take(answer: Discovery): boolean;
  /** The first discovery has answered or failed. */
  readonly answered: boolean;
  /** A discovery has succeeded: what is in none is not there. */
  readonly complete: boolean;
  /** Nothing is missing: what is new comes by the watch of the CRDs. */
  readonly whole: boolean;
  /** `received`: how many resources are known. */
  freshness(received: number): Freshness;
  faults(): Fault[];
}

export function createDiscoveryRecord(deps: {
  readonly crdState: () => InformerState;
  readonly clock: Pick<Clock, 'now'>;
}): DiscoveryRecord {
  let last: Discovery | undefined;
  /** RFC 3339; when a discovery succeeded last. */
  let succeeded: string | undefined;
  const began = now();

  function now(): string {
    return new Date(deps.clock.now()).toISOString();
  }

  function crdsListable(): boolean {
    const { kind } = deps.crdState();
    return kind !== 'forbidden' && kind !== 'gone';
  }

  return {
    take(answer) {
      last = answer;
      if (isFailure(answer)) return false;
      succeeded = now();
      return true;
    },
    get answered() {
      return last !== undefined;
    },
    get complete() {
      return succeeded !== undefined;
    },
    get whole() {
      return crdsListable() && (last?.faults.length ?? 0) === 0;
    },
    freshness(received) {
      if (crdsListable()) {
        const ofCrds = toFreshness(deps.crdState(), crdTarget);
        if (ofCrds.kind !== 'live' || last !== undefined) return inWordsOf(last, ofCrds);
      }
      if (last === undefined) return { kind: 'syncing', received };
      const [fault] = last.faults;
      if (fault === undefined || !isFailure(last)) return { kind: 'live' };
      return { kind: 'stale', since: succeeded ?? began, fault: toFault(fault) };
    },
    faults() {
      const ofDiscovery = distinct(last?.faults ?? []);
      return crdsListable() ? ofDiscovery : [crdsNotListable, ...ofDiscovery];
    },
  };
}

/**
 * The groups of which nothing is known for want of an answer; `known` are all there were, which is
 * what is lost where a whole root did not answer.
 */
export function lostGroups({ faults }: Discovery, known: Iterable<string>): Set<string> {
  if (faults.some(({ groupVersion }) => groupVersion === undefined)) return new Set(known);
  return new Set(faults.map(({ groupVersion = '' }) => groupOf(groupVersion)));
}

/** Where discovery has failed for the same reason, it knows better than one list what is in the way. */
function inWordsOf(discovery: Discovery | undefined, freshness: Freshness): Freshness {
  if (discovery === undefined || !isFailure(discovery)) return freshness;
  if (freshness.kind !== 'stale') return freshness;
  const fault = discovery.faults.find(({ code }) => code === freshness.fault.code);
  return fault === undefined ? freshness : { ...freshness, fault: toFault(fault) };
}

/** Nothing was learnt. */
function isFailure({ resources, faults }: Discovery): boolean {
  return resources.length === 0 && faults.length > 0;
}

function groupOf(groupVersion: string): string {
  return groupVersion.includes('/') ? (groupVersion.split('/')[0] ?? '') : '';
}

/** What fails for one reason in several places is said once. */
function distinct(faults: Discovery['faults']): Fault[] {
  return [...new Map(faults.map((fault) => [fault.detail, toFault(fault)])).values()];
}

const crdTarget: InformerTarget = {
  gvr: { group: 'apiextensions.k8s.io', version: 'v1', resource: 'customresourcedefinitions' },
};

const crdsNotListable: Fault = {
  code: 'crds-not-listable',
  detail:
    'CustomResourceDefinitions may not be listed: the catalogue comes from discovery, asked once a minute, and lacks schemas, printer columns and the state of each definition.',
  remedy: `${canListCommand(crdTarget)} tells; list and watch on it must be granted.`,
};
