import { ApiError, notAcceptable } from '../status.ts';

export type Form = 'object' | 'table' | 'partial';

/** How an answer is to be written. */
export interface Accepted {
  readonly form: Form;
  /** For a part of an object: whether a list of parts was asked. */
  readonly list: boolean;
  /** The version of `meta.k8s.io` that a table or a part of an object is written in. */
  readonly metaVersion: 'v1' | 'v1beta1';
}

/** How the bytes of an answer look, whatever they say. */
export interface Style {
  readonly yaml: boolean;
  readonly pretty: boolean;
}

interface MediaRange {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const JSON_OR_YAML = ['application/json', 'application/yaml'];
const STREAMED = ['application/json;stream=watch'];

/** The client's media ranges, those it prefers first (munnerz/goautoneg). */
export function parseAccept(header: string | undefined): readonly MediaRange[] {
  if (header === undefined || header.trim() === '') {
    return [{ type: '*/*', parameters: new Map() }];
  }
  const ranges = header.split(',').map((range) => parseRange(range));
  return ranges.sort((a, b) => qualityOf(b) - qualityOf(a) || wildness(a) - wildness(b));
}

function parseRange(text: string): MediaRange {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim());
  const pairs = parameters.map((parameter) => {
    const at = parameter.indexOf('=');
    return at < 0
      ? ([parameter, ''] as const)
      : ([parameter.slice(0, at), parameter.slice(at + 1)] as const);
  });
  return { type: type.toLowerCase(), parameters: new Map(pairs) };
}

function qualityOf({ parameters }: MediaRange): number {
  const quality = Number(parameters.get('q') ?? 1);
  return Number.isNaN(quality) ? 1 : quality;
}

function wildness({ type }: MediaRange): number {
  return type === '*/*' ? 2 : Number(type.endsWith('/*'));
}

/** What is asked for. */
interface Negotiated {
  /** A CRD's: Kubernetes' router, which looks at the media types first, does not see it. */
  readonly custom?: boolean;
  /** All objects, which can be watched too. */
  readonly collection?: boolean;
  readonly watch?: boolean;
}

/** The first of the client's media ranges that can be served. Throws 406. */
export function negotiate(
  header: string | undefined,
  { custom = false, collection = false, watch = false }: Negotiated,
): Accepted {
  const ranges = parseAccept(header);
  if (!custom && !ranges.some(({ type }) => type === '*/*' || JSON_OR_YAML.includes(type))) {
    throw unroutable(collection ? [...JSON_OR_YAML, ...STREAMED] : JSON_OR_YAML);
  }
  for (const range of ranges) {
    const accepted = typeOf(range) === undefined ? undefined : formOf(range);
    if (accepted === undefined) continue;
    if (watch && typeOf(range) !== 'application/json') throw notAcceptable(STREAMED);
    return accepted;
  }
  throw notAcceptable(JSON_OR_YAML);
}

/** What Kubernetes' router says (emicklei/go-restful), before anybody looks at the parameters. */
function unroutable(supported: readonly string[]): ApiError {
  return new ApiError({
    code: 406,
    reason: 'NotAcceptable',
    message: `406: Not Acceptable\n\nAvailable representations: ${supported.join(', ')}`,
    details: {},
  });
}

function typeOf({ type, parameters }: MediaRange): string | undefined {
  const stream = parameters.get('stream') ?? '';
  if (stream !== '' && stream !== 'watch') return undefined;
  if (type === '*/*' || type === 'application/*') return 'application/json';
  return JSON_OR_YAML.find((served) => served === type);
}

function formOf({ parameters }: MediaRange): Accepted | undefined {
  const as = parameters.get('as') ?? '';
  const group = parameters.get('g') ?? '';
  const version = parameters.get('v') ?? '';
  if (as + group + version === '') return { form: 'object', list: false, metaVersion: 'v1' };
  if (group !== 'meta.k8s.io' || (version !== 'v1' && version !== 'v1beta1')) return undefined;
  switch (as) {
    case 'Table':
      return { form: 'table', list: false, metaVersion: version };
    case 'PartialObjectMetadata':
    case 'PartialObjectMetadataList':
      return { form: 'partial', list: as.endsWith('List'), metaVersion: version };
    default:
      return undefined;
  }
}

/** How `header` wants bytes to look; `plain`: it counts only what asks for no other form. */
export function acceptedStyle(header: string | undefined, plain: boolean): Style | undefined {
  for (const range of parseAccept(header)) {
    const type = typeOf(range);
    const form = formOf(range)?.form;
    if (type === undefined || form === undefined || (plain && form !== 'object')) continue;
    return { yaml: type === 'application/yaml', pretty: range.parameters.get('pretty') === '1' };
  }
  return undefined;
}
