import { isLosslessNumber, type LosslessNumber } from '@kindscope/kube';
import { isMap, type Json } from '../json.ts';

/** How Go writes values into its messages: Kubernetes' errors quote what they are about. */

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
};

/** `strconv.Quote`: what cannot be printed is escaped, the rest stays as it is. */
export function goQuote(text: string): string {
  const quoted = text.replaceAll(/["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (character) => {
    const short = SHORT_ESCAPES[character];
    if (short !== undefined) return short;
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) return `\\x${hex(code, 2)}`;
    return code > 0xff_ff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
  });
  return `"${quoted}"`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** A float64 as `%v` writes it: the shortest digits, with an exponent below 1e-4 and from 1e6 on. */
export function goFloat(value: number): string {
  return Math.abs(value) < 1e6 && (Math.abs(value) >= 1e-4 || value === 0)
    ? plainDigits(value)
    : exponent(value);
}

/** Every digit written out, as `strconv.FormatFloat(value, 'f', -1, 64)` does. */
export function plainDigits(value: number): string {
  const text = String(value);
  const [mantissa = '', power] = text.split('e');
  if (power === undefined) return text;
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const shift = Number(power);
  const sign = value < 0 ? '-' : '';
  if (shift > 0) return sign + whole + fraction.padEnd(shift, '0');
  return `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`;
}

function exponent(value: number): string {
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const digits = power.replace(/[+-]/, '');
  return `${mantissa}e${power.startsWith('-') ? '-' : '+'}${digits.padStart(2, '0')}`;
}

/** Kubernetes' JSON numbers are int64 where they can be, float64 otherwise. */
export interface GoNumber {
  readonly integer: boolean;
  /** The nearest double. */
  readonly value: number;
  /** All digits of an int64, the `%v` of a float64. */
  readonly text: string;
}

const INTEGER = /^-?(0|[1-9]\d*)$/;
const INT64_LIMIT = 2n ** 63n;

export function goNumber(value: number | LosslessNumber): GoNumber {
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    return { integer: true, value, text: String(value) };
  }
  const source = typeof value === 'number' ? String(value) : value.rawJSON;
  if (INTEGER.test(source)) {
    const digits = BigInt(source);
    if (digits >= -INT64_LIMIT && digits < INT64_LIMIT) {
      return { integer: true, value: Number(source), text: String(digits) };
    }
  }
  return { integer: false, value: Number(source), text: goFloat(Number(source)) };
}

export function isNumber(value: unknown): value is number | LosslessNumber {
  return typeof value === 'number' || isLosslessNumber(value);
}

/** `json.Marshal`: keys sorted, and what HTML would mind escaped. */
export function goJson(value: Json | undefined): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return escapeHtml(JSON.stringify(value));
  if (isNumber(value)) return jsonNumber(value);
  if (Array.isArray(value)) return `[${value.map((item) => goJson(item)).join(',')}]`;
  if (!isMap(value)) return String(value);
  const fields = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${escapeHtml(JSON.stringify(key))}:${goJson(value[key])}`);
  return `{${fields.join(',')}}`;
}

function jsonNumber(value: number | LosslessNumber): string {
  const number = goNumber(value);
  if (number.integer) return number.text;
  const size = Math.abs(number.value);
  if (size !== 0 && (size < 1e-6 || size >= 1e21)) {
    return exponent(number.value).replace(/e-0(\d)$/, 'e-$1');
  }
  return plainDigits(number.value);
}

function escapeHtml(text: string): string {
  return text.replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${hex(character.charCodeAt(0), 4)}`,
  );
}

/** A value as an error of apimachinery's `field` package shows it. */
export function valueText(value: Json | undefined): string {
  if (typeof value === 'string') return goQuote(value);
  return isNumber(value) ? goNumber(value).text : goJson(value);
}
