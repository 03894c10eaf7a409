import { parseJson, type JsonObject } from '@kindscope/kube';
import type {
  Change,
  ChangeClass,
  ChangeList,
  ClusterInfo,
  CoverageList,
  DemoScenario,
  DemoScenarioList,
  Density,
  Facets,
  InformerList,
  Marks,
  ResourceDetail,
  ResourceList,
  ResourceRef,
  RevisionList,
  RolloutComparison,
  WatchingList,
} from '@kindscope/protocol';
import { createContext, use } from 'react';
import { objectParams, resourceParams } from './links.ts';

/** A request that the server answered with a problem document (RFC 9457), or that did not arrive. */
export class ProblemError extends Error {
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly code: string;
  readonly remedy: string | undefined;

  constructor(
    problem: { status: number; code: string; detail: string; remedy?: string },
    options?: ErrorOptions,
  ) {
    super(problem.detail, options);
    this.name = 'ProblemError';
    this.status = problem.status;
    this.code = problem.code;
    this.remedy = problem.remedy;
  }
}

export interface ApiDeps {
  readonly fetch: (input: string, init?: RequestInit) => Promise<Response>;
}

/** What narrows a list, as in the URL of the page. */
export interface Scope {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** Which changes; what is absent does not restrict. */
export interface ChangeFilter {
  readonly resources?: readonly ResourceRef[];
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly labelSelector?: string | undefined;
  /** Of any of these. */
  readonly classes?: readonly ChangeClass[] | undefined;
  /** RFC 3339. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface Page {
  readonly limit?: number | undefined;
  /** What the page before it said. */
  readonly continue?: string | undefined;
}

export type Api = ReturnType<typeof createApi>;

/**
 * The server's HTTP API, typed; paths are relative to the page's `<base>`. Every function fails with
 * {@link ProblemError} alone.
 */
export function createApi(deps: ApiDeps) {
  const get = async <T>(path: string, signal?: AbortSignal): Promise<T> =>
    (await request(deps, path, signal === undefined ? {} : { signal })).json() as Promise<T>;
  const send = async <T>(path: string, method: 'POST' | 'DELETE'): Promise<T> =>
    (await request(deps, path, { method })).json() as Promise<T>;
  return {
    getCluster: (signal?: AbortSignal) => get<ClusterInfo>('api/v1/cluster', signal),
    getResources: (signal?: AbortSignal) => get<ResourceList>('api/v1/resources', signal),
    getResource: (ref: ResourceRef, signal?: AbortSignal) =>
      get<ResourceDetail>(resourcePath(ref), signal),
    getFacets: (ref: ResourceRef, scope: Scope = {}, signal?: AbortSignal) =>
      get<Facets>(`${resourcePath(ref)}/facets${query({ ...scope })}`, signal),
    getInformers: (signal?: AbortSignal) => get<InformerList>('api/v1/informers', signal),
    getChanges: (
      ref: ResourceRef,
      namespace: string,
      name: string,
      options: { limit?: number; continue?: string } = {},
      signal?: AbortSignal,
    ) =>
      get<ChangeList>(
        `${objectPath(ref, namespace, name)}/changes${query({ ...options })}`,
        signal,
      ),
    /** Newest first. */
    listChanges: (filter: ChangeFilter & Page, signal?: AbortSignal) =>
      get<ChangeList>(`api/v1/changes${changeQuery(filter)}`, signal),
    /** By its id, or by `INSTANCE.ID`, which another process of the server has not got. */
    getChange: (which: number | string, signal?: AbortSignal) =>
      get<Change>(`api/v1/changes/${encodeURIComponent(which)}`, signal),
    getDensity: (filter: ChangeFilter & { readonly buckets: number }, signal?: AbortSignal) =>
      get<Density>(`api/v1/changes/density${changeQuery(filter)}`, signal),
    /** Newest first. */
    getMarks: (filter: ChangeFilter & Page, signal?: AbortSignal) =>
      get<Marks>(`api/v1/changes/marks${changeQuery(filter)}`, signal),
    getCoverage: (filter: Pick<ChangeFilter, 'resources' | 'namespace'>, signal?: AbortSignal) =>
      get<CoverageList>(`api/v1/changes/coverage${changeQuery(filter)}`, signal),
    /** The states of an object that are still held, newest first. */
    getRevisions: (ref: ResourceRef, namespace: string, name: string, signal?: AbortSignal) =>
      get<RevisionList>(`${objectPath(ref, namespace, name)}/revisions`, signal),
    /** One of them, digits kept. */
    getRevision: async (
      ref: ResourceRef,
      namespace: string,
      name: string,
      state: { readonly resourceVersion: string; readonly uid: string },
      signal?: AbortSignal,
    ): Promise<JsonObject> => {
      const which = query({ revision: state.resourceVersion, uid: state.uid });
      const path = `${objectPath(ref, namespace, name)}${which}`;
      const response = await request(deps, path, signal === undefined ? {} : { signal });
      return parseJson(await response.text()) as JsonObject;
    },
    /** The newest rollout of an object beside those before it. */
    getRollouts: (ref: ResourceRef, namespace: string, name: string, signal?: AbortSignal) =>
      get<RolloutComparison>(`${objectPath(ref, namespace, name)}/rollouts`, signal),
    /** The stories of the embedded demo cluster; 404 where the cluster is another. */
    getStories: (signal?: AbortSignal) => get<DemoScenarioList>('api/v1/demo', signal),
    playStory: (name: string) => send<DemoScenario>(storyPath(name), 'POST'),
    /** Ends it, and puts back what it has changed. */
    endStory: (name: string) => send<DemoScenario>(storyPath(name), 'DELETE'),
    /** What is watched whether or not anybody looks. */
    getWatching: (signal?: AbortSignal) => get<WatchingList>('api/v1/watching', signal),
    pin: async (ref: ResourceRef): Promise<void> => {
      await request(deps, watchingPath(ref), { method: 'PUT' });
    },
    unpin: async (ref: ResourceRef): Promise<void> => {
      await request(deps, watchingPath(ref), { method: 'DELETE' });
    },
    /** The object as YAML text, as the server writes it. */
    getYaml: async (ref: ResourceRef, namespace: string, name: string, signal?: AbortSignal) => {
      const init = { headers: { accept: 'application/yaml' } };
      const response = await request(
        deps,
        objectPath(ref, namespace, name),
        signal === undefined ? init : { ...init, signal },
      );
      return response.text();
    },
    /** Exchanges the token for the session's cookie; 401 when it is not the one. */
    createSession: async (token: string): Promise<void> => {
      await request(deps, 'api/v1/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token }),
      });
    },
  } as const;
}

async function request(deps: ApiDeps, path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  if (!headers.has('accept')) headers.set('accept', 'application/json');
  let response: Response;
  try {
    response = await deps.fetch(path, {
      credentials: 'same-origin',
      ...init,
      headers,
    });
  } catch (cause) {
    if (init.signal?.aborted === true) throw cause;
    throw new ProblemError(
      {
        status: 0,
        code: 'unreachable',
        detail: 'Kindscope does not answer.',
        remedy: 'Look at the terminal it was started in, and start it again if it has ended.',
      },
      { cause },
    );
  }
  if (response.ok) return response;
  throw new ProblemError(await problemOf(response));
}

async function problemOf(response: Response): Promise<{
  status: number;
  code: string;
  detail: string;
  remedy?: string;
}> {
  const fallback = {
    status: response.status,
    code: `http-${response.status}`,
    detail: `Kindscope answered with status ${response.status}.`,
  };
  try {
    const body: unknown = await response.json();
    if (typeof body !== 'object' || body === null) return fallback;
    const { code, detail, remedy } = body as Record<string, unknown>;
    return {
      status: response.status,
      code: typeof code === 'string' ? code : fallback.code,
      detail: typeof detail === 'string' ? detail : fallback.detail,
      ...(typeof remedy === 'string' ? { remedy } : {}),
    };
  } catch {
    return fallback;
  }
}

function gvrPath(ref: ResourceRef): string {
  const { group, version, resource } = resourceParams(ref);
  return [group, version, resource].map(encodeURIComponent).join('/');
}

function resourcePath(ref: ResourceRef): string {
  return `api/v1/resources/${gvrPath(ref)}`;
}

function watchingPath(ref: ResourceRef): string {
  return `api/v1/watching/${gvrPath(ref)}`;
}

function storyPath(name: string): string {
  return `api/v1/demo/${encodeURIComponent(name)}`;
}

function objectPath(ref: ResourceRef, namespace: string, name: string): string {
  const params = objectParams(ref, namespace, name);
  return `${resourcePath(ref)}/objects/${encodeURIComponent(params.namespace)}/${encodeURIComponent(name)}`;
}

/** Lists are repeated parameters. */
function changeQuery(filter: ChangeFilter & Page & { readonly buckets?: number }): string {
  const { resources = [], classes = [], ...rest } = filter;
  const gvrs = resources.map((ref) => {
    const { group, version, resource } = resourceParams(ref);
    return `${group}/${version}/${resource}`;
  });
  return query({ resource: gvrs, class: classes, ...rest });
}

type QueryValue = string | number | undefined;

function query(params: Record<string, QueryValue | readonly QueryValue[]>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    for (const one of [value].flat()) {
      if (one !== undefined && one !== '') search.append(key, String(one));
    }
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

const ApiContext = createContext<Api | undefined>(undefined);
export const ApiProvider = ApiContext.Provider;

export function useApi(): Api {
  const api = use(ApiContext);
  if (api === undefined) throw new Error('useApi needs an ApiProvider above it');
  return api;
}
