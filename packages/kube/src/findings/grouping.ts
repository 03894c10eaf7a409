import type { RolloutFinding, Severity, Trouble } from './finding.ts';
import { callOf } from './wording.ts';

/** The troubles that one rule tells of, those that are alike told as one. */
export function groupTroubles(rule: string, troubles: readonly Trouble[]): RolloutFinding[] {
  const groups = new Map<string, Trouble[]>();
  for (const trouble of troubles) {
    const key = `${trouble.severity} ${trouble.likeness}`;
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [trouble]);
    } else if (group.at(-1)?.node !== trouble.node) {
      group.push(trouble);
    }
  }
  return [...groups.values()].map((group) => tellGroup(rule, group));
}

function tellGroup(rule: string, group: readonly Trouble[]): RolloutFinding {
  const [first, ...rest] = group.toSorted((a, b) => (a.since ?? 0) - (b.since ?? 0));
  if (first === undefined) {
    throw new Error('a group has at least one trouble');
  }
  const name = callOf(first.node);
  const who =
    rest.length === 0
      ? name
      : `${name} and ${rest.length.toLocaleString('en')} ${rest.length === 1 ? 'other' : 'others'}`;
  return {
    rule,
    severity: first.severity,
    uid: first.node.uid,
    ...(rest.length === 0 ? {} : { others: rest.map(({ node }) => node.uid) }),
    sentence: first.tell(who, rest.length > 0),
    evidence: first.evidence,
    ...(first.since === undefined ? {} : { since: first.since }),
    kubectl: first.kubectl,
  };
}

const weight: Readonly<Record<Severity, number>> = { stuck: 0, waiting: 1, note: 2 };

/** What keeps the rollout first; among equals the order of the rules stays. */
export function bySeverity(a: RolloutFinding, b: RolloutFinding): number {
  return weight[a.severity] - weight[b.severity];
}
