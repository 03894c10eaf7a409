import { TransportError, type Transport, type TransportRequest } from '@kindscope/informer';
import {
  isJsonObject,
  listAt,
  parseJson,
  stringAt,
  valueAt,
  type JsonObject,
  type JsonValue,
} from '@kindscope/kube';
import type { DemoScenario, Fault } from '@kindscope/protocol';
import { failure, success, type Result } from '../result.ts';

/** The stories of the embedded demo cluster. An ordinary cluster has none. */
export interface DemoStories {
  list(signal: AbortSignal): Promise<Result<DemoScenario[]>>;
  /** `unknown-scenario`: there is none of that name. `scenario-running`: it is being played. */
  start(name: string, signal: AbortSignal): Promise<Result<DemoScenario>>;
  /** What it changed is put back; it runs until that is done. Nothing happens when it is not played. */
  end(name: string, signal: AbortSignal): Promise<Result<DemoScenario>>;
}

/** Asks the demo over its own HTTP API (apps/demo/README.md), with the cluster's credentials. */
export function createDemoStories(deps: {
  readonly transport: Pick<Transport, 'request'>;
}): DemoStories {
  async function ask(request: TransportRequest): Promise<Result<JsonValue>> {
    try {
      const response = await deps.transport.request(request);
      const text = await response.text();
      return response.status < 300
        ? success(parseJson(text))
        : failure(refusalOf(response.status, text));
    } catch (error) {
      if (error instanceof TransportError) return failure(unreachable(error));
      if (error instanceof SyntaxError) return failure(notUnderstood);
      throw error;
    }
  }

  async function tell(
    method: 'POST' | 'DELETE',
    name: string,
    signal: AbortSignal,
  ): Promise<Result<DemoScenario>> {
    const answer = await ask({ method, path: `${path}/${encodeURIComponent(name)}`, signal });
    return answer.ok ? success(toScenario(answer.value)) : answer;
  }

  return {
    async list(signal) {
      const answer = await ask({ path, signal });
      return answer.ok ? success(listAt(answer.value, 'items').map(toScenario)) : answer;
    },
    start: (name, signal) => tell('POST', name, signal),
    end: (name, signal) => tell('DELETE', name, signal),
  };
}

const path = '/demo/scenarios';

const states = ['idle', 'running', 'done', 'failed'] as const;

function toScenario(item: JsonValue): DemoScenario {
  const message = stringAt(item, 'message');
  return {
    name: stringAt(item, 'name') ?? '',
    title: stringAt(item, 'title') ?? '',
    description: stringAt(item, 'description') ?? '',
    state: states.find((state) => state === valueAt(item, 'state')) ?? 'idle',
    ...(message !== undefined && { message }),
    subjects: listAt(item, 'resources').filter(isJsonObject).map(toSubject),
  };
}

function toSubject(subject: JsonObject): DemoScenario['subjects'][number] {
  const namespace = stringAt(subject, 'namespace');
  const name = stringAt(subject, 'name');
  return {
    resource: {
      group: stringAt(subject, 'group') ?? '',
      version: stringAt(subject, 'version') ?? '',
      resource: stringAt(subject, 'resource') ?? '',
    },
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
  };
}

const codes: Readonly<Record<number, string>> = {
  401: 'unauthorized',
  404: 'unknown-scenario',
  409: 'scenario-running',
  503: 'not-known-yet',
};

/** The demo says why in a `Status`, in words that are for people. */
function refusalOf(status: number, text: string): Fault {
  const code = codes[status] ?? 'demo-failed';
  return { code, detail: messageOf(text) ?? `The demo cluster answered ${status}.` };
}

function messageOf(text: string): string | undefined {
  try {
    return stringAt(parseJson(text), 'message');
  } catch {
    return undefined;
  }
}

function unreachable({ message, remedy }: TransportError): Fault {
  const fault = { code: 'cluster-unreachable', detail: message };
  return remedy === undefined ? fault : { ...fault, remedy };
}

const notUnderstood: Fault = {
  code: 'demo-failed',
  detail: 'The demo cluster answered something that is not JSON.',
};
