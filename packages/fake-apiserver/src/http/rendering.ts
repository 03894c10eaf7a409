import { isLosslessNumber } from '@kindscope/kube';
import { dump } from 'js-yaml';
import { isMap, parseJson, type Json } from '../json.ts';
import { JSON_TYPE, type Answer, type ApiRequest } from './answer.ts';
import { indentJson } from './indented-json.ts';
import { acceptedStyle, type Style } from './negotiation.ts';

type Body = Extract<Answer, { kind: 'body' }>;

/** What Kubernetes writes in the form that the client accepts; the other roots know one alone. */
const ROOTS = new Set(['api', 'apis']);

/**
 * The same answer as YAML, or indented for people, where the client wants it so (apiserver
 * pkg/endpoints/handlers/negotiation and responsewriters). Watches are never indented.
 */
export function rendered(request: ApiRequest, answer: Answer): Answer {
  if (answer.kind !== 'body' || answer.contentType !== JSON_TYPE) return answer;
  if (!ROOTS.has(request.segments[0] ?? '')) return answer;
  const { yaml, pretty } = styleOf(request, answer);
  if (yaml) return { ...answer, contentType: 'application/yaml', body: yamlOf(answer.body) };
  return pretty ? { ...answer, body: indentJson(chunksOf(answer.body)) } : answer;
}

function styleOf({ headers, query }: ApiRequest, { status }: Body): Style {
  const failed = status >= 400;
  const accepted = acceptedStyle(headers.accept, failed);
  // An error that cannot be told as the client asked is told to people.
  if (accepted === undefined) return { yaml: false, pretty: failed };
  return { ...accepted, pretty: accepted.pretty || asksForPretty(query, headers['user-agent']) };
}

const TRUE = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const PEOPLE = ['curl', 'Wget', 'Mozilla/5.0'];

function asksForPretty(query: URLSearchParams, agent = ''): boolean {
  const asked = query.get('pretty') ?? '';
  return asked === '' ? PEOPLE.some((name) => agent.startsWith(name)) : TRUE.has(asked);
}

function chunksOf(body: Body['body']): Iterable<Buffer> {
  return Buffer.isBuffer(body) ? [body] : body;
}

/** Marks a number that a double would round, on its way through the YAML writer. */
const EXACT = '\uE000';

function yamlOf(body: Body['body']): Buffer {
  const value = exactNumbers(parseJson(Buffer.concat([...chunksOf(body)]).toString()));
  const text = dump(value, { sortKeys: true, noRefs: true, lineWidth: -1 });
  return Buffer.from(text.replaceAll(EXACT, ''));
}

function exactNumbers(value: Json | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => exactNumbers(item));
  if (isMap(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, exactNumbers(item)] as const),
    );
  }
  return isLosslessNumber(value) ? EXACT + value.rawJSON : value;
}
