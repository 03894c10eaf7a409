import type {
  HealthBar,
  RolloutEvent,
  RolloutMark,
  RolloutNode,
  RolloutSummary,
} from '@kindscope/protocol';

export const clock = (time: string): number => Date.parse(`2026-11-21T${time}Z`);

const resources: Record<string, { group: string; version: string; resource: string }> = {
  Rollout: { group: 'argoproj.io', version: 'v1alpha1', resource: 'rollouts' },
  AnalysisRun: { group: 'argoproj.io', version: 'v1alpha1', resource: 'analysisruns' },
  ReplicaSet: { group: 'apps', version: 'v1', resource: 'replicasets' },
  Deployment: { group: 'apps', version: 'v1', resource: 'deployments' },
  Pod: { group: '', version: 'v1', resource: 'pods' },
};

/** A node by its kind and name, healthy unless said otherwise; its uid is its name. */
export function aNode(
  kind: string,
  name: string,
  facts: Partial<RolloutNode> & {
    readonly status?: HealthBar['status'];
    readonly word?: string;
  } = {},
): RolloutNode {
  const { status = 'healthy', word = 'Ready', ...rest } = facts;
  const created = facts.created ?? clock('13:00:00');
  return {
    uid: name,
    resource: resources[kind] ?? {
      group: 'example.com',
      version: 'v1',
      resource: `${kind.toLowerCase()}s`,
    },
    kind,
    namespace: 'shop',
    name,
    created,
    health: { status },
    bars: [
      {
        from: created,
        ...(facts.deleted === undefined ? {} : { to: facts.deleted }),
        status,
        word,
      },
    ],
    ...rest,
  };
}

const bar = (
  from: string,
  to: string | undefined,
  status: HealthBar['status'],
  word: string,
): HealthBar => ({
  from: clock(from),
  ...(to === undefined ? {} : { to: clock(to) }),
  status,
  word,
});

const newPod = (name: string, facts: Partial<RolloutNode>): RolloutNode =>
  aNode('Pod', name, { parent: 'checkout-85fd6', turn: 'new', templateHash: '85fd6', ...facts });
const oldPod = (name: string, facts: Partial<RolloutNode> = {}): RolloutNode =>
  aNode('Pod', name, {
    parent: 'checkout-74df6',
    turn: 'old',
    templateHash: '74df6',
    ready: { is: 1, of: 1 },
    ...facts,
  });

/** A canary that is stuck at its second step: two of its three new pods crash. */
export const stuckNodes: readonly RolloutNode[] = [
  aNode('Rollout', 'checkout', {
    generation: 14,
    observedGeneration: 14,
    ready: { is: 3, of: 5 },
    health: { status: 'failing', reason: 'ProgressDeadlineExceeded' },
    bars: [
      bar('13:00:00', '14:10:47', 'healthy', 'Healthy'),
      bar('14:10:47', undefined, 'failing', 'Progress deadline exceeded'),
    ],
  }),
  aNode('ReplicaSet', 'checkout-85fd6', {
    parent: 'checkout',
    turn: 'new',
    revision: '14',
    templateHash: '85fd6',
    created: clock('14:10:52'),
    ready: { is: 1, of: 3 },
    health: { status: 'working' },
    bars: [bar('14:10:52', undefined, 'working', 'Scaling up, 2 not ready')],
  }),
  newPod('checkout-85fd6-2f86f', {
    created: clock('14:11:02'),
    ready: { is: 1, of: 1 },
    bars: [
      bar('14:11:02', '14:11:31', 'working', 'Pending'),
      bar('14:11:31', undefined, 'healthy', 'Ready'),
    ],
  }),
  newPod('checkout-85fd6-bbms2', {
    created: clock('14:11:45'),
    ready: { is: 0, of: 1 },
    health: { status: 'failing', reason: 'CrashLoopBackOff' },
    bars: [bar('14:11:45', undefined, 'failing', 'CrashLoopBackOff ×5')],
  }),
  newPod('checkout-85fd6-hhwg5', {
    created: clock('14:12:52'),
    ready: { is: 0, of: 1 },
    health: { status: 'failing', reason: 'CrashLoopBackOff' },
    bars: [bar('14:12:52', undefined, 'failing', 'CrashLoopBackOff ×2')],
  }),
  aNode('ReplicaSet', 'checkout-74df6', {
    parent: 'checkout',
    turn: 'old',
    revision: '13',
    templateHash: '74df6',
    ready: { is: 2, of: 2 },
    word: 'Serving',
  }),
  oldPod('checkout-74df6-psd6x'),
  oldPod('checkout-74df6-r77z6'),
  oldPod('checkout-74df6-x02kd', { deleted: clock('14:11:45') }),
  aNode('AnalysisRun', 'checkout-85fd6-2', {
    parent: 'checkout',
    created: clock('14:11:35'),
    note: 'err 3%',
    health: { status: 'working' },
    bars: [bar('14:11:35', undefined, 'working', 'error-rate 3.1% of 5% allowed')],
  }),
];

let lastId = 100;
const mark = (uid: string, at: string, ...classes: RolloutMark['classes']): RolloutMark => ({
  id: (lastId += 1),
  uid,
  at: clock(at),
  classes,
  manager: 'argo-rollouts',
});

export const stuckMarks: readonly RolloutMark[] = [
  mark('checkout', '14:10:47.120', 'spec'),
  mark('checkout', '14:11:02.300', 'status'),
  mark('checkout', '14:11:35.000', 'status'),
  mark('checkout', '14:12:42.000', 'status'),
  mark('checkout', '14:13:54.000', 'condition', 'status'),
  mark('checkout-85fd6', '14:10:52.000', 'created'),
  mark('checkout-85fd6', '14:10:57.000', 'spec'),
  mark('checkout-85fd6', '14:11:40.000', 'spec'),
  mark('checkout-85fd6', '14:12:47.000', 'spec'),
  mark('checkout-85fd6-2f86f', '14:11:02.000', 'created'),
  mark('checkout-85fd6-2f86f', '14:11:31.000', 'condition', 'status'),
  mark('checkout-85fd6-bbms2', '14:11:45.000', 'created'),
  mark('checkout-85fd6-bbms2', '14:12:04.000', 'status'),
  mark('checkout-85fd6-bbms2', '14:12:28.000', 'status'),
  mark('checkout-85fd6-bbms2', '14:13:01.000', 'status'),
  mark('checkout-85fd6-bbms2', '14:13:40.000', 'status'),
  mark('checkout-85fd6-hhwg5', '14:12:52.000', 'created'),
  mark('checkout-85fd6-hhwg5', '14:13:16.000', 'status'),
  mark('checkout-85fd6-hhwg5', '14:13:45.000', 'status'),
  mark('checkout-74df6', '14:11:40.000', 'spec'),
  mark('checkout-74df6', '14:12:47.000', 'spec'),
  mark('checkout-74df6-x02kd', '14:11:45.000', 'deleted'),
  mark('checkout-85fd6-2', '14:11:35.000', 'created'),
  mark('checkout-85fd6-2', '14:12:14.000', 'status'),
  mark('checkout-85fd6-2', '14:12:52.000', 'status'),
  mark('checkout-85fd6-2', '14:13:30.000', 'status'),
];

export const stuckEvents: readonly RolloutEvent[] = [
  {
    uid: 'event-1',
    about: 'checkout-85fd6-bbms2',
    type: 'Warning',
    reason: 'BackOff',
    message: 'Back-off restarting failed container web in pod checkout-85fd6-bbms2',
    count: 5,
    first: clock('14:11:58'),
    last: clock('14:13:41'),
    reporter: 'kubelet, node-3',
  },
  {
    uid: 'event-2',
    about: 'checkout-85fd6-2f86f',
    type: 'Normal',
    reason: 'Scheduled',
    message: 'Successfully assigned shop/checkout-85fd6-2f86f to node-1',
    count: 1,
    first: clock('14:11:03'),
    last: clock('14:11:03'),
    reporter: 'default-scheduler',
  },
];

export const stuckSummary: RolloutSummary = {
  state: { kind: 'stuck', since: clock('14:11:51'), reason: '2 of 3 new pods never became ready' },
  ready: { is: 3, of: 5 },
  step: { is: 2, of: 6, text: 'setWeight 60' },
  revision: '14',
  started: clock('14:10:47'),
};

/** A Deployment of so many pods that are ready. */
export function manyNodes(count: number): RolloutNode[] {
  const pods = Array.from({ length: count }, (_, at) =>
    aNode('Pod', `web-5c6f-${at}`, { parent: 'web-5c6f', turn: 'new', ready: { is: 1, of: 1 } }),
  );
  const of = { is: count, of: count };
  return [
    aNode('Deployment', 'web', { ready: of, generation: 2, observedGeneration: 2 }),
    aNode('ReplicaSet', 'web-5c6f', { parent: 'web', turn: 'new', revision: '2', ready: of }),
    ...pods,
  ];
}

export function byUid(nodes: readonly RolloutNode[]): ReadonlyMap<string, RolloutNode> {
  return new Map(nodes.map((node) => [node.uid, node]));
}
