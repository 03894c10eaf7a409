import { parseFieldSelector } from '@kindscope/kube';
import {
  matching,
  type Completions,
  type ParsedSelector,
  type SelectorGrammar,
} from './grammar.ts';

/** Kubernetes' field selectors over the fields that this resource can be selected by. */
export function fieldGrammar(fields: readonly string[]): SelectorGrammar {
  return {
    parse: (text) => parseFields(fields, text),
    complete: (text, caret) => completeFields(fields, text, caret),
  };
}

function parseFields(fields: readonly string[], text: string): ParsedSelector {
  const parsed = parseFieldSelector(text);
  if (!parsed.ok) {
    // A term without its sign is not finished rather than wrong.
    const unfinished = /^[^=,]*$/u.test(text.slice(parsed.position));
    return unfinished ? { ...parsed, position: text.length } : parsed;
  }
  const { requirements } = parsed.selector;
  const unknown = requirements.find(({ path }) => !fields.includes(path));
  if (unknown !== undefined) {
    return {
      ok: false,
      message: `"${unknown.path}" is not a field to select by. There are: ${fields.join(', ')}.`,
      position: Math.max(0, text.indexOf(unknown.path)),
    };
  }
  return {
    ok: true,
    terms: requirements.map(({ path, operator, value }) => ({
      text: `${path}${operator}${value.replaceAll(/[\\,=]/gu, String.raw`\$&`)}`,
      parts: [
        { kind: 'key', text: path },
        { kind: 'sign', text: operator },
        { kind: 'value', text: value },
      ],
    })),
  };
}

function completeFields(
  fields: readonly string[],
  text: string,
  caret: number,
): Completions | undefined {
  const start = text.lastIndexOf(',', caret - 1) + 1;
  const typed = text.slice(start, caret);
  if (/[=!]/u.test(typed)) return undefined;
  const options = fields.map((field) => ({
    label: field,
    detail: '',
    insert: `${field}=`,
    ends: false,
  }));
  const rest = /^[^=!,]*/u.exec(text.slice(caret))?.[0] ?? '';
  return {
    heading: 'Fields',
    options: matching(options, typed.trim()),
    start,
    end: caret + rest.length,
  };
}
