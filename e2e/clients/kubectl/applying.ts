import { script } from '../script.ts';

const machine = (spec: string, metadata = ''): string => `
apiVersion: clients.example.com/v1
kind: Machine
metadata: { name: mill${metadata} }
spec: ${spec}
`;

/** A manifest on standard input. */
const apply = (input: string, flags = '') => ({ command: `apply -f - ${flags}`.trim(), input });

const settings = (data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: ${data}\n`;

const deployment = (containers: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { automountServiceAccountToken: false, containers: ${containers} }
`;

const containersOf =
  'get deployment web -o jsonpath={.metadata.generation}{.spec.template.spec.containers[*].name}{.spec.template.spec.containers[0].env}';

export const applying = [
  script(
    'apply on the client',
    apply(machine('{ size: small, owner: anna, config: { a: one, b: two } }')),
    apply(machine('{ size: small, owner: anna, config: { a: one, b: two } }')),
    'get machine mill -o yaml --show-managed-fields',
    apply(machine('{ size: large, config: { b: three } }')),
    'get machine mill -o jsonpath={.spec}',
    'apply view-last-applied machine mill',
    apply(machine('{ size: small, colour: red }')),
    `patch machine mill --type=merge -p '{"spec":{"config":{"mine":"kept"}}}'`,
    apply(machine('{ size: large, config: { c: new } }')),
    'get machine mill -o jsonpath={.spec.config}',
    apply(machine('{ size: huge }')),
    apply(machine('{ size: small }'), '--dry-run=server'),
    apply(machine('{ size: small }'), '--dry-run=server -o yaml'),
    apply(machine('{ size: small }'), '--dry-run=client'),
    'apply -f machine.yaml -f fleet.yaml',
    'apply -f built-ins.yaml',
    'apply -f built-ins.yaml',
    'apply -f nothing.yaml',
  ),
  script(
    'apply to what was created otherwise',
    'create -f machine.yaml',
    'apply -f machine.yaml',
    'apply -f machine.yaml',
    'apply set-last-applied -f machine.yaml',
    'apply view-last-applied machine mill -o json',
    'create configmap settings --from-literal=a=1',
    apply(settings('{ b: "2" }')),
    'get configmap settings -o jsonpath={.data}',
    apply(settings('{ c: "3" }')),
    'get configmap settings -o jsonpath={.data}',
  ),
  script(
    'apply a deployment merges lists by their keys',
    apply(
      deployment(
        '[{ name: main, image: nginx, env: [{ name: A, value: "1" }, { name: B, value: "2" }] }, { name: side, image: busybox }]',
      ),
    ),
    containersOf,
    `patch deployment web -p '{"spec":{"template":{"spec":{"containers":[{"name":"injected","image":"proxy"}]}}}}'`,
    containersOf,
    apply(deployment('[{ name: main, image: nginx:2, env: [{ name: A, value: "1" }] }]')),
    containersOf,
    apply(deployment('[{ name: main, image: nginx:2, env: [{ name: A, value: "1" }] }]')),
    'get deployment web -o yaml --show-managed-fields',
  ),
  script(
    'apply --prune',
    'apply -f fleet.yaml --prune -l tier=back --prune-allowlist=clients.example.com/v1/Machine',
    apply(
      machine('{ size: small }', ', labels: { tier: back }'),
      '--prune -l tier=back --prune-allowlist=clients.example.com/v1/Machine',
    ),
    'get machines -o name',
  ),
  script(
    'apply on the server',
    apply(machine('{ size: small, owner: anna, config: { a: one } }'), '--server-side'),
    apply(machine('{ size: small, owner: anna, config: { a: one } }'), '--server-side'),
    'get machine mill -o yaml --show-managed-fields',
    apply(machine('{ size: large }'), '--server-side --field-manager=other'),
    apply(machine('{ size: large, owner: bert }'), '--server-side --field-manager=other'),
    apply(machine('{ size: large }'), '--server-side --field-manager=other --force-conflicts'),
    'get machine mill -o yaml --show-managed-fields',
    apply(machine('{ owner: anna }'), '--server-side'),
    'get machine mill -o jsonpath={.spec}',
    apply(machine('{ size: huge }'), '--server-side --force-conflicts'),
    apply(machine('{ size: large, colour: red }'), '--server-side --field-manager=other'),
    apply(
      machine('{ size: large, colour: red }'),
      '--server-side --field-manager=other --validate=warn',
    ),
    apply(
      machine('{ size: medium }'),
      '--server-side --field-manager=other --dry-run=server -o yaml',
    ),
    apply(machine('{ size: medium }'), '--server-side --field-manager=other -o name'),
  ),
  script(
    'apply on the server merges lists by their keys',
    apply(
      machine('{ size: small, tags: [a], ports: [{ name: http, port: 80 }] }'),
      '--server-side --field-manager=one',
    ),
    apply(
      machine('{ size: small, tags: [b], ports: [{ name: admin, port: 90 }] }'),
      '--server-side --field-manager=two',
    ),
    'get machine mill -o yaml --show-managed-fields',
    apply(
      machine('{ size: small, ports: [{ name: http, port: 81 }] }'),
      '--server-side --field-manager=two',
    ),
    apply(machine('{ size: small }'), '--server-side --field-manager=one'),
    'get machine mill -o jsonpath={.spec}',
    apply(
      machine('{ size: small, ports: [{ name: a, port: 1 }, { name: a, port: 2 }] }'),
      '--server-side --field-manager=one',
    ),
  ),
  script(
    'apply on the server after the client',
    apply(machine('{ size: small, owner: anna }')),
    apply(machine('{ size: large }'), '--server-side'),
    apply(machine('{ size: large }'), '--server-side --force-conflicts'),
    'get machine mill -o yaml --show-managed-fields',
    apply(machine('{ size: small, owner: bert }')),
    'get machine mill -o yaml --show-managed-fields',
  ),
  script(
    'apply built-in kinds on the server',
    'apply -f built-ins.yaml --server-side',
    'apply -f deployment.yaml --server-side',
    'get configmap settings -o yaml --show-managed-fields',
    'get deployment web -o yaml --show-managed-fields',
    'scale deployment web --replicas=4',
    'apply -f deployment.yaml --server-side',
    'set image deployment/web main=nginx:2 --field-manager=setter',
    'apply -f deployment.yaml --server-side',
    'apply -f deployment.yaml --server-side --force-conflicts',
    'get deployment web -o yaml --show-managed-fields',
  ),
  script(
    'diff',
    apply(machine('{ size: small, owner: anna }')),
    { command: 'diff -f -', input: machine('{ size: small, owner: anna }') },
    { command: 'diff -f -', input: machine('{ size: large }') },
    { command: 'diff -f - --server-side --force-conflicts', input: machine('{ size: large }') },
    { command: 'diff -f - --server-side', input: machine('{ size: large }') },
    { command: 'diff -f -', input: machine('{ size: huge }') },
    'diff -f fleet.yaml',
    'apply -f deployment.yaml',
    'diff -f deployment.yaml',
  ),
];
