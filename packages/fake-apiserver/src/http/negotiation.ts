import { notAcceptable } from '../status.ts';

export type Form = 'object' | 'table' | 'partial';

/** How an answer is to be written. */
export interface Accepted {
  readonly form: Form;
  readonly yaml: boolean;
}

interface MediaRange {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const SUPPORTED = ['application/json', 'application/yaml'];

export function parseAccept(header: string | undefined): readonly MediaRange[] {
  if (header === undefined || header.trim() === '') {
    return [{ type: '*/*', parameters: new Map() }];
  }
  return header.split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    const pairs = parameters.map((parameter) => {
      const at = parameter.indexOf('=');
      return at < 0
        ? ([parameter, ''] as const)
        : ([parameter.slice(0, at), parameter.slice(at + 1)] as const);
    });
    return { type: type.toLowerCase(), parameters: new Map(pairs) };
  });
}

/**
 * The first of the client's media ranges that can be served. `list` tells the two partial forms
 * apart: a list is asked `as=PartialObjectMetadataList`, everything else without `List`.
 */
export function negotiate(header: string | undefined, list: boolean): Accepted {
  for (const range of parseAccept(header)) {
    const form = formOf(range, list);
    if (form === undefined) continue;
    if (range.type === 'application/yaml') return { form, yaml: true };
    if (['application/json', 'application/*', '*/*'].includes(range.type)) {
      return { form, yaml: false };
    }
  }
  throw notAcceptable(SUPPORTED);
}

function formOf(range: MediaRange, list: boolean): Form | undefined {
  const as = range.parameters.get('as');
  if (as === undefined) return 'object';
  const served = ['v1', 'v1beta1'].includes(range.parameters.get('v') ?? '');
  if (range.parameters.get('g') !== 'meta.k8s.io' || !served) return undefined;
  if (as === 'Table') return 'table';
  return as === (list ? 'PartialObjectMetadataList' : 'PartialObjectMetadata')
    ? 'partial'
    : undefined;
}
