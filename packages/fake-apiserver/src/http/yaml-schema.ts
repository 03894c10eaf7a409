import { parseJson } from '@kindscope/kube';
import {
  boolYaml11Tag,
  defineScalarTag,
  FAILSAFE_SCHEMA,
  mergeTag,
  NOT_RESOLVED,
  nullYaml11Tag,
} from 'js-yaml';

const FIRST_OF_NUMBER = '+-.0123456789'.split('');
const INTEGER = /^[+-]?(?:0b[01]+|0o?[0-7]+|0x[\da-f]+|[1-9]\d*|0)$/iu;
const FLOAT = /^[+-]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[+-]?\d+)?$/iu;
const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

/** As Go's `ParseInt` reads it, with all its digits as far as an int64 has them. */
const integer = defineScalarTag('tag:yaml.org,2002:int', {
  implicit: true,
  implicitFirstChars: FIRST_OF_NUMBER,
  identify: () => false,
  resolve(source) {
    const text = source.replaceAll('_', '');
    if (!INTEGER.test(text)) return NOT_RESOLVED;
    const digits = text.replace(/^[+-]/u, '').replace(/^0(?=\d)/u, '0o');
    const value = text.startsWith('-') ? -BigInt(digits) : BigInt(digits);
    return value < MIN_INT64 || value > MAX_INT64 ? Number(value) : parseJson(String(value));
  },
});

const float = defineScalarTag('tag:yaml.org,2002:float', {
  implicit: true,
  implicitFirstChars: FIRST_OF_NUMBER,
  identify: () => false,
  resolve(source) {
    const text = source.replaceAll('_', '');
    return FLOAT.test(text) ? Number(text) : NOT_RESOLVED;
  },
});

/**
 * What plain scalars mean to the YAML library of Kubernetes (go-yaml v2, resolve.go): YAML 1.1, with
 * Go's integers, without numbers to the base 60, and times as texts.
 */
export const KUBERNETES_YAML = FAILSAFE_SCHEMA.withTags(
  nullYaml11Tag,
  boolYaml11Tag,
  integer,
  float,
  mergeTag,
);
