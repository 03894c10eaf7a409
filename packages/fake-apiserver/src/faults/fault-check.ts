import type { Fault, FaultKind } from './fault.ts';

const NUMBER = { test: (value: unknown) => isCount(value), says: 'a whole number from 0 on' };
const TEXT = { test: (value: unknown) => typeof value === 'string', says: 'a text' };
const CODE = {
  test: (value: unknown) => isCount(value) && value >= 400 && value <= 599,
  says: 'a status code from 400 to 599',
};
const CHANCE = {
  test: (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1,
  says: 'a number from 0 to 1',
};
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];
const VERB = {
  test: (value: unknown) => [value].flat().every((verb) => VERBS.includes(String(verb))),
  says: `one or several of ${VERBS.join(', ')}`,
};
const MAP = { test: isRecord, says: 'an object' };

interface Rule {
  test(value: unknown): boolean;
  readonly says: string;
}
type Rules = Readonly<Record<string, Rule>>;

const MATCH: Rules = { resource: TEXT, verb: VERB, namespace: TEXT, client: TEXT };
const RATE: Rules = { kind: TEXT, on: MAP, after: NUMBER, times: NUMBER, probability: CHANCE };
const EVENTS: Rules = { afterEvents: NUMBER };
const EVENTS_OR_BYTES: Rules = { afterEvents: NUMBER, afterBytes: NUMBER };
const ACTS: Readonly<Record<FaultKind, Rules>> = {
  status: { code: CODE, retryAfterSeconds: NUMBER, message: TEXT },
  delay: { ms: NUMBER },
  cut: EVENTS_OR_BYTES,
  'half-open': EVENTS_OR_BYTES,
  freeze: {},
  garbage: EVENTS,
  truncated: EVENTS,
  expired: EVENTS,
};
const NEEDED: Partial<Record<FaultKind, string>> = { status: 'code', delay: 'ms' };

/**
 * Whether `value`, which may have come as JSON, is a fault. Throws a TypeError that names what is
 * wrong in it and what would be right.
 */
export function checkFault(value: unknown): asserts value is Fault {
  if (!isRecord(value)) throw new TypeError('a fault must be an object with a `kind`');
  const { kind, on } = value;
  if (!isKind(kind)) {
    throw new TypeError(
      `kind: ${show(kind)} is no kind of fault: expected one of ${Object.keys(ACTS).join(', ')}`,
    );
  }
  checkFields(value, { ...RATE, ...ACTS[kind] }, '');
  const needed = NEEDED[kind];
  if (needed !== undefined && value[needed] === undefined) {
    throw new TypeError(`${needed}: a fault of the kind ${kind} must have it`);
  }
  if (isRecord(on)) checkFields(on, MATCH, 'on.');
  if (value['afterEvents'] !== undefined && value['afterBytes'] !== undefined) {
    throw new TypeError('afterBytes: cannot be given together with afterEvents');
  }
}

function checkFields(value: Readonly<Record<string, unknown>>, rules: Rules, at: string): void {
  for (const [name, field] of Object.entries(value)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) {
      const known = Object.keys(rules).join(', ');
      throw new TypeError(`${at}${name}: a fault has no such field here: expected one of ${known}`);
    }
    if (field !== undefined && !rule.test(field)) {
      throw new TypeError(`${at}${name}: ${show(field)} is not ${rule.says}`);
    }
  }
}

function isKind(value: unknown): value is FaultKind {
  return typeof value === 'string' && Object.hasOwn(ACTS, value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
