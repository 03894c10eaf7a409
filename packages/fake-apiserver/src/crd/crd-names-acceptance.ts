import { jsonEquals } from '@kindscope/kube';
import { clone, mapAt, stringAt, stringsAt, type Json, type JsonMap } from '../json.ts';
import { goQuote } from '../schema/go-text.ts';
import { conditionOf, type Condition } from './crd-conditions.ts';

/** Which names a CRD gets of those that it asks for. */
export interface Acceptance {
  readonly acceptedNames: JsonMap;
  readonly conditions: readonly Condition[];
}

/**
 * Gives a CRD the names of its spec that no CRD of its group has (controller/status
 * naming_controller.go). `group` are all CRDs of the group, this one among them. Undefined when
 * nothing changes.
 */
export function acceptNames(crd: JsonMap, group: readonly JsonMap[]): Acceptance | undefined {
  const wanted = mapAt(mapAt(crd, 'spec'), 'names') ?? {};
  const had = mapAt(mapAt(crd, 'status'), 'acceptedNames') ?? {};
  if (jsonEquals(wanted, had)) return undefined;
  const { names, conflict } = settle(wanted, had, takenBy(group));
  const accepted: Condition = conflict ?? {
    type: 'NamesAccepted',
    status: 'True',
    reason: 'NoConflicts',
    message: 'no conflicts found',
  };
  const known = conditionOf(crd, 'NamesAccepted');
  const isKnown =
    known?.['status'] === accepted.status &&
    known['reason'] === accepted.reason &&
    known['message'] === accepted.message;
  if (isKnown && jsonEquals(names, had)) return undefined;
  const established = establishedAfter(crd, accepted.status === 'True');
  return {
    acceptedNames: names,
    conditions: established === undefined ? [accepted] : [accepted, established],
  };
}

interface Taken {
  readonly resources: ReadonlySet<string>;
  readonly kinds: ReadonlySet<string>;
}

function takenBy(group: readonly JsonMap[]): Taken {
  const names = group.map((crd) => mapAt(mapAt(crd, 'status'), 'acceptedNames') ?? {});
  const all = (...keys: string[]): string[] =>
    names.flatMap((item) => keys.map((key) => stringAt(item, key) ?? ''));
  const shortNames = names.flatMap((item) => stringsAt(item, 'shortNames'));
  return {
    resources: new Set([...all('plural', 'singular'), ...shortNames]),
    kinds: new Set(all('kind', 'listKind')),
  };
}

const SINGLE = [
  ['plural', 'PluralConflict', 'resources'],
  ['singular', 'SingularConflict', 'resources'],
  ['shortNames', 'ShortNamesConflict', 'resources'],
  ['kind', 'KindConflict', 'kinds'],
  ['listKind', 'ListKindConflict', 'kinds'],
] as const;

/** Of several conflicts the last one is told. */
function settle(
  wanted: JsonMap,
  had: JsonMap,
  taken: Taken,
): { names: JsonMap; conflict: Condition | undefined } {
  const names = clone(had);
  let conflict: Condition | undefined;
  for (const [key, reason, among] of SINGLE) {
    const used = conflicts(wanted[key], had[key], taken[among]);
    if (used.length === 0) put(names, key, wanted[key]);
    else {
      const texts = used.map((name) => `${goQuote(name)} is already in use`);
      const message = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
      conflict = { type: 'NamesAccepted', status: 'False', reason, message };
    }
  }
  put(names, 'categories', wanted['categories']);
  return { names, conflict };
}

function put(names: JsonMap, key: string, value: Json | undefined): void {
  if (value === undefined) delete names[key];
  else names[key] = clone(value);
}

/** The names among `wanted` that somebody has already, and it is not this CRD. */
function conflicts(
  wanted: Json | undefined,
  had: Json | undefined,
  taken: ReadonlySet<string>,
): string[] {
  if (!Array.isArray(wanted)) {
    return typeof wanted === 'string' && wanted !== had && taken.has(wanted) ? [wanted] : [];
  }
  if (jsonEquals(wanted, had)) return [];
  const own = new Set(Array.isArray(had) ? had : []);
  return wanted
    .filter((name) => typeof name === 'string')
    .filter((name) => !own.has(name) && taken.has(name));
}

/** What becomes of `Established`: once true, it stays so. */
function establishedAfter(crd: JsonMap, accepted: boolean): Condition | undefined {
  const known = conditionOf(crd, 'Established');
  if (known?.['status'] === 'True') return undefined;
  if (accepted) {
    return {
      type: 'Established',
      status: 'False',
      reason: 'Installing',
      message: 'the initial names have been accepted',
    };
  }
  if (known !== undefined) return undefined;
  return {
    type: 'Established',
    status: 'False',
    reason: 'NotAccepted',
    message: 'not all names are accepted',
  };
}
