import { script } from '../script.ts';

const machine = (name: string, spec: string): string => `
apiVersion: clients.example.com/v1
kind: Machine
metadata: { name: ${name} }
spec: ${spec}
`;

/** A manifest on standard input. */
const create = (input: string, flags = '') => ({ command: `create -f - ${flags}`.trim(), input });

export const creating = [
  script(
    'create from files',
    'create -f machine.yaml',
    'create -f machine.yaml',
    'create -f fleet.yaml -o name',
    'create -f machine.yaml -f fleet.yaml',
    'create -f nothing.yaml',
    create('kind: Machine'),
    create('{"apiVersion":"clients.example.com/v1","kind":"Machine"}'),
    create(machine('other', '{ size: small }').replace('kind: Machine', 'kind: Widget')),
    create(machine('other', '{ size: small }').replace('/v1', '/v7')),
  ),
  script(
    'create gives defaults and says what it has made',
    { ...create(machine('plain', '{ size: small, ports: [{ name: a, port: 1 }] }'), '-o yaml') },
    'get machine plain -o jsonpath={.spec.ports[0].protocol}{.spec.replicas}{.metadata.generation}',
    create(machine('shown', '{ size: small }'), '-o json --show-managed-fields'),
    create(machine('old', '{ size: small }').replace('/v1', '/v1beta1')),
  ),
  script(
    'create --dry-run',
    'create -f machine.yaml --dry-run=server',
    'create -f machine.yaml --dry-run=server -o yaml',
    'create -f machine.yaml --dry-run=client -o yaml',
    'get machines',
    'create -f deployment.yaml --dry-run=server -o yaml',
    'create -f pod.yaml --dry-run=server -o yaml',
    'create configmap c --from-literal=a=1 --dry-run=server -o yaml',
    'create deployment d --image=nginx --dry-run=client -o yaml',
    'create -f machine.yaml',
    'create -f machine.yaml --dry-run=server',
  ),
  script(
    'create with a generated name',
    create(
      machine('generated', '{ size: small }').replace(
        'name: generated',
        'generateName: generated-',
      ),
    ),
    create('apiVersion: v1\nkind: ConfigMap\nmetadata: { generateName: generated- }\n', '-o name'),
  ),
  script(
    'create what the schema refuses',
    create(machine('m', '{ size: huge }')),
    create(machine('m', '{}')),
    create(machine('m', '{ size: small, replicas: 101 }')),
    create(machine('m', '{ size: small, replicas: -1, owner: A }')),
    create(machine('m', '{ size: small, replicas: many }')),
    create(machine('m', '{ size: small, tags: [a, a] }')),
    create(machine('m', '{ size: small, tags: [a, b, c, d] }')),
    create(machine('m', '{ size: small, ports: [{ name: a, port: 1 }, { name: a, port: 2 }] }')),
    create(machine('m', '{ size: small, ports: [{ name: a }] }')),
    create(machine('m', '{ size: small, config: { a: 1 } }')),
    create(machine('m', 'none')),
    create(machine('Not_A_Name', '{ size: small }')),
    create(machine('m', '{ size: small }').replace('name: m', 'labels: { "a b": c }, name: m')),
    create(machine('m', '{ size: small }').replace('name: m', 'name: m, namespace: elsewhere')),
    create('apiVersion: clients.example.com/v1\nkind: Machine\nspec: { size: small }\n'),
  ),
  script(
    'create with unknown fields',
    create(machine('m', '{ size: small, colour: red }'), '--validate=strict'),
    create(machine('m', '{ size: small, colour: red }'), '--validate=true'),
    create(machine('m', '{ size: small, colour: red }'), '--validate=warn'),
    create(machine('ignored', '{ size: small, colour: red }'), '--validate=ignore'),
    create(machine('nested', '{ size: small, ports: [{ name: a, port: 1, x: 2 }] }')),
    create(machine('nested', '{ size: small, size: large }')),
    create(machine('about', '{ size: small }').replace('metadata: {', 'metadata: { colour: red,')),
    create(machine('open', '{ size: small, free: { colour: red } }')),
    'get machines -o custom-columns=NAME:.metadata.name,COLOUR:.spec.colour',
    create('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndate: { a: b }\n'),
    create('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { a: 1 }\n'),
  ),
  script(
    'create built-in kinds by their own commands',
    'create configmap c --from-literal=a=1 --from-file=machine.yaml',
    'get configmap c -o yaml',
    'create configmap c --from-literal=a=1',
    'create secret generic s --from-literal=a=1',
    'get secret s -o yaml',
    'get secret s',
    'create deployment d --image=nginx:1 --replicas=2',
    'get deployment d',
    'create job j --image=busybox -- true',
    'get job j',
    'create serviceaccount robot',
    'get serviceaccount robot -o yaml',
    'create namespace created-by-kubectl',
    'get namespace created-by-kubectl',
    'create namespace Not_A_Name',
    'create configmap not/a/name',
    `run pod --image=nginx --overrides='{"spec":{"automountServiceAccountToken":false}}'`,
    'get pod pod',
  ),
  script(
    'create in a namespace that is not there',
    'create -f machine.yaml --namespace=nowhere',
    'create configmap c --namespace=nowhere',
  ),
  script(
    'replace',
    'create -f machine.yaml',
    { command: 'replace -f -', input: machine('mill', '{ size: large }') },
    'get machine mill -o jsonpath={.metadata.generation}{.spec}',
    { command: 'replace -f -', input: machine('nobody', '{ size: large }') },
    { command: 'replace -f -', input: machine('mill', '{ size: huge }') },
    {
      command: 'replace -f -',
      input: machine('mill, resourceVersion: "1"', '{ size: small }'),
    },
    { command: 'replace --force -f -', input: machine('mill', '{ size: small }') },
    { command: 'replace -f - --dry-run=server', input: machine('mill', '{ size: large }') },
    { command: 'replace -f - -o name', input: machine('mill', '{ size: large }') },
    {
      command: 'replace -f - --subresource=status',
      input: `${machine('mill', '{ size: small }')}status: { replicas: 4 }\n`,
    },
    'get machine mill -o jsonpath={.metadata.generation}{.spec}{.status}',
  ),
];
