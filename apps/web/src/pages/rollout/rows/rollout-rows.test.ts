import type { RolloutNode } from '@kindscope/protocol';
import { describe, expect, it } from 'vitest';
import { aNode, byUid, clock, manyNodes, stuckNodes } from '../testing/a-rollout.ts';
import { kindWords } from './kind-words.ts';
import { rolloutRows, type RolloutRow } from './rollout-rows.ts';

const rowsOf = (
  nodes: readonly RolloutNode[],
  folds: Readonly<Record<string, boolean>> = {},
  shown?: string,
): RolloutRow[] =>
  rolloutRows(byUid(nodes), nodes[0]?.uid ?? null, new Map(Object.entries(folds)), shown);

/** Indented by level; `+` before what is folded. */
const said = (rows: readonly RolloutRow[]): string[] =>
  rows.map((row) => {
    const text = row.kind === 'node' ? row.node.name : row.group.text;
    return `${' '.repeat(row.level - 1)}${row.open === false ? '+' : ''}${text}`;
  });

const pods = (count: number, facts: Parameters<typeof aNode>[2] = {}): RolloutNode[] =>
  Array.from({ length: count }, (_, at) =>
    aNode('Pod', `pod-${String(at).padStart(4, '0')}`, { parent: 'web', ...facts }),
  );
const web = aNode('ReplicaSet', 'web');

describe('the rows of a rollout', () => {
  it('read as the story does: what is rolled out before what was there, what is gone last', () => {
    expect(
      said(rowsOf(stuckNodes.toReversed().toSorted((a) => (a.name === 'checkout' ? -1 : 0)))),
    ).toEqual([
      'checkout',
      ' checkout-85fd6',
      '  checkout-85fd6-2f86f',
      '  checkout-85fd6-bbms2',
      '  checkout-85fd6-hhwg5',
      ' checkout-74df6',
      '  checkout-74df6-psd6x',
      '  checkout-74df6-r77z6',
      '  checkout-74df6-x02kd',
      ' checkout-85fd6-2',
    ]);
  });

  it('say of each row its level, its place and what it hangs under', () => {
    const [root, replicaSet, pod] = rowsOf(stuckNodes);
    expect(root).toMatchObject({
      level: 1,
      position: 1,
      siblings: 1,
      open: true,
      parent: undefined,
    });
    expect(replicaSet).toMatchObject({ level: 2, position: 1, siblings: 3, parent: 'checkout' });
    expect(pod).toMatchObject({ level: 3, position: 1, siblings: 3, open: undefined });
  });

  it('put the broken one of two that came together first', () => {
    const two = [
      web,
      aNode('Pod', 'a', { parent: 'web' }),
      aNode('Pod', 'b', { parent: 'web', status: 'failing' }),
    ];
    expect(said(rowsOf(two))).toEqual(['web', ' b', ' a']);
  });

  it('are none without a root, and all under it where an owner is not there', () => {
    expect(rolloutRows(byUid(stuckNodes), null, new Map())).toEqual([]);
    const lost = [web, aNode('Pod', 'lost', { parent: 'nobody' })];
    expect(said(rowsOf(lost))).toEqual(['web', ' lost']);
  });

  it('end where owners own each other', () => {
    const ring = [web, aNode('Pod', 'a', { parent: 'b' }), aNode('Pod', 'b', { parent: 'a' })];
    expect(said(rowsOf(ring, {}, 'a'))).toEqual(['web']);
  });
});

describe('a chain of owners', () => {
  const chain = Array.from({ length: 20_000 }, (_, at) =>
    aNode('ConfigMap', `link-${at}`, {
      ...(at === 0 ? {} : { parent: `link-${at - 1}` }),
      created: clock('14:00:00') + at,
    }),
  );

  it('may be deeper than a stack', () => {
    expect(said(rowsOf(chain))).toEqual(['link-0', ' +link-1']);
    expect(rowsOf(chain).at(-1)).toMatchObject({ hidden: 19_998 });
  });

  it('opens down to what is to be shown', () => {
    const rows = rowsOf(chain, {}, 'link-19999');
    expect(rows).toHaveLength(20_000);
    expect(rows.at(-1)).toMatchObject({ key: 'link-19999', level: 20_000, parent: 'link-19998' });
  });
});

describe('what folds by itself', () => {
  it('is a branch that is over', () => {
    const over = aNode('ReplicaSet', 'old', { parent: 'web', turn: 'old', word: 'Scaled down' });
    const gone = aNode('Pod', 'gone', { parent: 'old', deleted: clock('14:00:00') });
    expect(said(rowsOf([web, over, gone]))).toEqual(['web', ' +old']);
    const alive = aNode('Pod', 'alive', { parent: 'old', status: 'failing' });
    expect(said(rowsOf([web, over, gone, alive]))).toEqual(['web', ' old', '  alive', '  gone']);
  });

  it('is many that are alike: 2,000 pods are three rows', () => {
    const rows = rowsOf(manyNodes(2000));
    expect(said(rows)).toEqual(['web', ' web-5c6f', '  +2,000 pods ready']);
    expect(rows.at(-1)).toMatchObject({ siblings: 1, open: false });
  });

  it('leaves those that differ, in their places', () => {
    const rows = rowsOf([
      web,
      ...pods(1998),
      aNode('Pod', 'slow', { parent: 'web', status: 'working', word: 'Pending' }),
      aNode('Pod', 'sick', { parent: 'web', status: 'failing', word: 'CrashLoopBackOff ×5' }),
    ]);
    expect(said(rows)).toEqual(['web', ' sick', ' slow', ' +1,998 pods ready']);
  });

  it('is not a few that are alike', () => {
    expect(rowsOf([web, ...pods(8)])).toHaveLength(9);
    expect(rowsOf([web, ...pods(9)])).toHaveLength(2);
    expect(rowsOf([web, ...pods(3, { deleted: clock('14:00:00') })])).toHaveLength(4);
    expect(said(rowsOf([web, ...pods(4, { deleted: clock('14:00:00') })]))).toEqual([
      'web',
      ' +4 pods gone',
    ]);
  });

  it('leaves the first of many that fail in sight', () => {
    const rows = said(rowsOf([web, ...pods(2000, { status: 'failing', word: 'Unschedulable' })]));
    expect(rows).toHaveLength(12);
    expect(rows.at(-1)).toBe(' +1,990 more pods unschedulable');
    const differ = pods(20, { status: 'failing' }).map((node, at) => ({
      ...node,
      bars: [{ from: 0, status: 'failing' as const, word: `CrashLoopBackOff ×${at}` }],
    }));
    expect(said(rowsOf([web, ...differ])).at(-1)).toBe(' +10 more pods failing');
  });

  it('is every branch without trouble of a crowd', () => {
    const names = Array.from({ length: 8 }, (_, at) => `set-${at}`);
    const sets = names.flatMap((name) => [
      aNode('ReplicaSet', name, { parent: 'app' }),
      ...pods(8, { parent: name }).map((pod) => ({ ...pod, uid: `${name}-${pod.uid}` })),
    ]);
    const nodes = [aNode('App', 'app'), ...sets];
    expect(said(rowsOf(nodes))).toEqual(['app', ...names.map((name) => ` +${name}`)]);
    const sick = aNode('Pod', 'sick', { parent: 'set-0', status: 'failing', created: 0 });
    expect(said(rowsOf([...nodes, sick])).slice(0, 4)).toEqual([
      'app',
      ' set-0',
      '  sick',
      '  pod-0000',
    ]);
  });
});

describe('what is folded by hand', () => {
  it('stays as it was left, and says how many it hides', () => {
    const rows = rowsOf(stuckNodes, { 'checkout-85fd6': false });
    expect(said(rows)).toContain(' +checkout-85fd6');
    expect(rows[1]).toMatchObject({ hidden: 3 });
    expect(rows).toHaveLength(7);
  });

  it('opens a group by its key', () => {
    const folded = rowsOf([web, ...pods(9)]).at(-1);
    const rows = rowsOf([web, ...pods(9)], { [folded?.key ?? '']: true });
    expect(rows).toHaveLength(11);
    expect(rows[2]).toMatchObject({ level: 3, parent: folded?.key, siblings: 9 });
  });

  it('opens for what is to be shown, in a branch or a group', () => {
    const inBranch = rowsOf(stuckNodes, { 'checkout-85fd6': false }, 'checkout-85fd6-bbms2');
    expect(said(inBranch)).toContain('  checkout-85fd6-bbms2');
    expect(said(rowsOf([web, ...pods(9)], {}, 'pod-0004'))).toContain('  pod-0004');
  });
});

describe('kinds in words', () => {
  const said = (kind: string, resource: string, count: number): string =>
    kindWords({ kind, resource: { group: '', version: 'v1', resource } }, count);
  it('are written as the API writes their plurals, short ones as words', () => {
    expect(said('Pod', 'pods', 1998)).toBe('1,998 pods');
    expect(said('ReplicaSet', 'replicasets', 9)).toBe('9 ReplicaSets');
    expect(said('NetworkPolicy', 'networkpolicies', 4)).toBe('4 NetworkPolicies');
    expect(said('Ingress', 'ingresses', 4)).toBe('4 ingresses');
    expect(said('Job', 'jobs', 1)).toBe('1 job');
    expect(said('Odd', 'different', 2)).toBe('2 odds');
  });
});
