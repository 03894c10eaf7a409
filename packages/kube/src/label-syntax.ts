const name = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const nameRule =
  'letters, digits, "-", "_" and ".", starting and ending with a letter or a digit, 63 at most';
const prefixRule =
  'lower-case letters, digits, "-" and ".", each part starting and ending with a letter or a digit, 253 at most';

/**
 * What is wrong with a label key; undefined where nothing is.
 * Rule: apimachinery `pkg/util/validation`, IsQualifiedName.
 */
export function labelKeyFault(key: string): string | undefined {
  const parts = key.split('/');
  if (parts.length > 2) {
    return `The label key ${quote(key)} has more than one "/": expected a name, or prefix/name.`;
  }
  const prefix = parts.length === 2 ? parts[0] : undefined;
  if (prefix !== undefined && (prefix.length > 253 || !subdomain.test(prefix))) {
    return `The prefix ${quote(prefix)} of the label key ${quote(key)} is not a DNS name: ${prefixRule}.`;
  }
  const last = parts.at(-1) ?? '';
  if (last.length > 63 || !name.test(last)) {
    return `The name ${quote(last)} of the label key ${quote(key)} is not allowed: ${nameRule}.`;
  }
  return undefined;
}

/**
 * What is wrong with a label value; undefined where nothing is. The empty value is allowed.
 * Rule: apimachinery `pkg/util/validation`, IsValidLabelValue.
 */
export function labelValueFault(value: string): string | undefined {
  if (value === '' || (value.length <= 63 && name.test(value))) {
    return undefined;
  }
  return `The label value ${quote(value)} is not allowed: empty, or ${nameRule}.`;
}

const longestQuote = 80;

/** Quotes a piece of the input for a message, cut where it is too long to read. */
export function quote(text: string): string {
  return JSON.stringify(text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text);
}
