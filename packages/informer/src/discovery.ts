import { isJsonObject, parseJson, stringAt } from '@kindscope/kube';
import type { JsonObject, JsonValue } from '@kindscope/kube';
import type { DiscoveredResource } from './discovered-resource.ts';
import { readAggregated, readLegacy, readLegacyGroups } from './discovery-documents.ts';
import type { ServedVersion } from './discovery-documents.ts';
import { failureOfError, failureOfResponse } from './failure.ts';
import type { InformerFault } from './informer-state.ts';
import { TransportError } from './transport-error.ts';
import type { Transport } from './transport.ts';

/** A part of discovery that failed; `groupVersion` is undefined when it was all of it. */
export interface DiscoveryFault extends InformerFault {
  readonly groupVersion: string | undefined;
}

export interface Discovery {
  /** The core group first, then as the server has them; within a group its best version first. */
  readonly resources: readonly DiscoveredResource[];
  readonly faults: readonly DiscoveryFault[];
}

interface DiscoveryDeps {
  readonly transport: Transport;
  readonly signal: AbortSignal;
}

/** As kubectl asks: aggregated discovery (KEP-3352), or what an older server has instead. */
const AGGREGATED = [
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
  'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
  'application/json',
].join(',');

type Versions = {
  readonly versions: readonly ServedVersion[];
  readonly faults: readonly DiscoveryFault[];
};

/**
 * Every resource that the server serves. What fails is in `faults`, and the rest stands [I28]: one API
 * service that does not answer hides no other. Rejects only when the signal aborts, with a TransportError.
 */
export async function discover(deps: DiscoveryDeps): Promise<Discovery> {
  const [core, groups] = await Promise.all([
    discoverRoot(deps, '/api'),
    discoverRoot(deps, '/apis'),
  ]);
  return {
    resources: withPreferred([...core.versions, ...groups.versions]),
    faults: [...core.faults, ...groups.faults],
  };
}

async function discoverRoot(deps: DiscoveryDeps, root: '/api' | '/apis'): Promise<Versions> {
  const answer = await getJson(deps, root, AGGREGATED);
  if (!answer.ok) return { versions: [], faults: [{ ...answer.fault, groupVersion: undefined }] };
  if (stringAt(answer.body, 'kind') === 'APIGroupDiscoveryList') {
    const versions = readAggregated(answer.body);
    return { versions, faults: versions.filter(({ stale }) => stale).map(staleFault) };
  }
  const found = await Promise.all(
    readLegacyGroups(answer.body).map((groupVersion) => discoverLegacy(deps, groupVersion)),
  );
  return {
    versions: found.flatMap(({ versions }) => versions),
    faults: found.flatMap(({ faults }) => faults),
  };
}

async function discoverLegacy(deps: DiscoveryDeps, groupVersion: string): Promise<Versions> {
  const path = groupVersion.includes('/') ? `/apis/${groupVersion}` : `/api/${groupVersion}`;
  const answer = await getJson(deps, path, 'application/json');
  return answer.ok
    ? { versions: [readLegacy(answer.body, groupVersion)], faults: [] }
    : { versions: [], faults: [{ ...answer.fault, groupVersion }] };
}

function staleFault({ group, version }: ServedVersion): DiscoveryFault {
  const groupVersion = group === '' ? version : `${group}/${version}`;
  return {
    code: 'server-error',
    stage: 'discovery',
    detail: `The API service of ${groupVersion} does not answer.`,
    remedy: `See why with: kubectl get apiservice ${version}.${group}`,
    status: undefined,
    groupVersion,
  };
}

function withPreferred(versions: readonly ServedVersion[]): DiscoveredResource[] {
  const seen = new Set<string>();
  return versions.flatMap(({ resources }) =>
    resources.map((resource) => {
      const name = `${resource.group}/${resource.resource}`;
      const preferred = !seen.has(name);
      seen.add(name);
      return { ...resource, preferred };
    }),
  );
}

type Answer =
  | { readonly ok: true; readonly body: JsonObject }
  | { readonly ok: false; readonly fault: InformerFault };

async function getJson(
  { transport, signal }: DiscoveryDeps,
  path: string,
  accept: string,
): Promise<Answer> {
  try {
    const response = await transport.request({ path, headers: { accept }, signal });
    const { status } = response;
    if (status >= 400) {
      return { ok: false, fault: (await failureOfResponse(response, 'discovery')).fault };
    }
    const body = tryParse(await response.text());
    return status === 200 && isJsonObject(body)
      ? { ok: true, body }
      : { ok: false, fault: notKubernetes(transport.server, path, status) };
  } catch (error) {
    if (!(error instanceof TransportError) || signal.aborted) throw error;
    return { ok: false, fault: failureOfError(error, 'discovery').fault };
  }
}

/** A login page, a redirection, half a document: whatever it is, no API server says it. */
function notKubernetes(server: string, path: string, status: number): InformerFault {
  return {
    code: 'bad-data',
    stage: 'discovery',
    detail: `${server} does not answer ${path} as a Kubernetes API server does (${status}).`,
    remedy:
      'Check the server address in the kubeconfig; where a proxy is before it, log in to that.',
    status,
  };
}

function tryParse(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
