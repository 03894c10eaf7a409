/** `metav1.Time` and `metav1.MicroTime`: RFC 3339, in seconds and in millionths of them. */
const PARTS = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const LAYOUT = '2006-01-02T15:04:05Z07:00';
const MICRO_LAYOUT = '2006-01-02T15:04:05.000000Z07:00';

/** The time in UTC, as Kubernetes writes it. Throws a RangeError with Go's message for what is none. */
export function canonicalTime(text: string, micro: boolean): string {
  const [, date, clock, fraction = '', zone = 'Z'] = PARTS.exec(text) ?? [];
  const layout = micro ? MICRO_LAYOUT : LAYOUT;
  if (date === undefined || clock === undefined) throw unparsed(text, layout);
  const digits = fraction.slice(1);
  if (micro && digits.length < 6) {
    throw new RangeError(
      `parsing time "${text}" as "${layout}": cannot parse "${fraction}${zone}" as ".000000"`,
    );
  }
  const milliseconds = Date.parse(`${date}T${clock}${zone}`);
  if (Number.isNaN(milliseconds))
    throw new RangeError(`parsing time "${text}": ${outOfRange(date)}`);
  const seconds = new Date(milliseconds).toISOString().slice(0, 19);
  return micro ? `${seconds}.${digits.slice(0, 6)}Z` : `${seconds}Z`;
}

function outOfRange(date: string): string {
  const month = Number(date.slice(5, 7));
  return month < 1 || month > 12 ? 'month out of range' : 'day out of range';
}

/** Go names what it could not read and the part of the layout that stood for it. */
function unparsed(text: string, layout: string): RangeError {
  const parts: [RegExp, string][] = [
    [/^\d{4}/, '2006'],
    [/^-/, '-'],
    [/^\d\d/, '01'],
    [/^-/, '-'],
    [/^\d\d/, '02'],
    [/^T/, 'T'],
    [/^\d\d/, '15'],
    [/^:/, ':'],
    [/^\d\d/, '04'],
    [/^:/, ':'],
    [/^\d\d(\.\d+)?/, '05'],
    [/^(Z|[+-]\d\d:\d\d)/, 'Z07:00'],
  ];
  let rest = text;
  for (const [pattern, part] of parts) {
    const found = pattern.exec(rest);
    if (found === null) {
      return new RangeError(
        `parsing time "${text}" as "${layout}": cannot parse "${rest}" as "${part}"`,
      );
    }
    rest = rest.slice(found[0].length);
  }
  return new RangeError(`parsing time "${text}": extra text: "${rest}"`);
}
