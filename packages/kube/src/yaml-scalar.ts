/** Words that YAML 1.1 or 1.2 reads as null or a boolean, in lower, title and upper case. */
const words = new Set(
  ['null', 'true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n'].flatMap((word) => [
    word,
    word.charAt(0).toUpperCase() + word.slice(1),
    word.toUpperCase(),
  ]),
);
/** Decimals, hexadecimal, octal and binary, base 60, infinity, not-a-number. */
const number =
  /^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|[-+]?0[xX][\da-fA-F]+|[-+]?0[oO][0-7]+|[-+]?0[bB][01]+|[-+]?\d+(?::[0-5]?\d)+(?:\.\d*)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const timestamp = /^\d{4}-\d\d?-\d\d?(?:$|[Tt ])/;
/** Characters that begin something else than plain text; a merge key and a default value. */
const special = /^(?:[-?:](?:\s|$)|[,[\]{}#&*!|>'"%@`]|---|\.\.\.|~$|=$|<<$)/;
/** What ends plain text within a line, or cannot stand at its ends. */
const broken = /:(?:\s|$)|\s#|^\s|\s$/;
/** What only double quotes can hold: control characters, separators, halves of characters. */
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\uFEFF\uFFFE\uFFFF]/u;

/**
 * The text in one line: plain where YAML 1.1 and 1.2 read plain text as this very text, else
 * quoted. (kubectl and the API server read YAML 1.1: go-yaml 2.)
 */
export function yamlScalar(text: string): string {
  if (unprintable.test(text)) {
    return doubleQuoted(text);
  }
  return text === '' || special.test(text) || broken.test(text) || readsAsOther(text)
    ? `'${text.replaceAll("'", "''")}'`
    : text;
}

function readsAsOther(text: string): boolean {
  // go-yaml drops underscores from what begins like a number.
  return (
    words.has(text) ||
    timestamp.test(text) ||
    (/^[-+.\d]/.test(text) && number.test(text.replaceAll('_', '')))
  );
}

/** JSON's quotes are YAML's too, but for what JSON leaves bare and YAML does not print. */
function doubleQuoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export interface BlockText {
  /** `|`, `|-` or `|+`: what becomes of the line breaks at the end. */
  readonly header: string;
  readonly lines: readonly string[];
}

/**
 * Text of several lines as a literal block; undefined where a block could not hold it exactly:
 * it begins with white space, ends in a line of nothing else, or has unprintable characters.
 */
export function blockText(text: string): BlockText | undefined {
  const body = text.replace(/\n+$/, '');
  if (!text.includes('\n') || /^\s|^$|\n[^\S\n]+$/.test(body)) {
    return undefined;
  }
  if (unprintable.test(text.replaceAll(/[\n\t]/g, ''))) {
    return undefined;
  }
  const breaks = text.length - body.length;
  const kept = Array<string>(Math.max(0, breaks - 1)).fill('');
  return { header: ['|-', '|'][breaks] ?? '|+', lines: [...body.split('\n'), ...kept] };
}
