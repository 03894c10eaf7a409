import { constructFromEvents, parseEvents, YAMLException } from 'js-yaml';
import { parseJson, type Json } from '../json.ts';
import { MAX_DEPTH } from './depth.ts';
import { aliasFault } from './yaml-aliases.ts';
import { KUBERNETES_YAML } from './yaml-schema.ts';

/** Why a text is no YAML, in the words of who reads it. */
export class YamlError extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'YamlError';
  }
}

/** The first document of a text, as Go reads it, in what JSON can say. Throws a `YamlError`. */
export function readYaml(text: string): Json {
  try {
    const source = firstDocument(text);
    const events = parseEvents(source, { maxDepth: MAX_DEPTH + 1 });
    const fault = aliasFault(events, source);
    if (fault !== undefined) throw new YamlError(fault);
    const [value] = constructFromEvents(events, { source, schema: KUBERNETES_YAML });
    // Through JSON, so that what YAML can say and JSON cannot is gone.
    return parseJson(JSON.stringify(value ?? null));
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const isDeep = error.reason.startsWith('nesting exceeded maxDepth');
    throw new YamlError(isDeep ? `exceeded max depth of ${MAX_DEPTH}` : error.reason);
  }
}

/** A line that starts or ends a document: it does so even inside of what is quoted. */
const MARKER = /^(?:---|\.\.\.)(?=\s|$)/gmu;
/** Nothing but comments and directives. */
const EMPTY = /^(?:(?:[ \t]*(?:#[^\r\n]*)?|%[^\r\n]*)\r?\n)*$/u;

/** What comes after it is not even looked at. */
function firstDocument(text: string): string {
  let start = 0;
  for (const { index, 0: marker } of text.matchAll(MARKER)) {
    if (start === 0 && marker === '---' && EMPTY.test(text.slice(0, index))) {
      start = index + marker.length;
    } else return text.slice(0, index);
  }
  return text;
}
