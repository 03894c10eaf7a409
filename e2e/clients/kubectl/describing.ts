import { script } from '../script.ts';

const event = (name: string, kind: string, object: string, apiVersion: string): string => `
apiVersion: v1
kind: Event
metadata: { name: ${name} }
involvedObject: { kind: ${kind}, name: ${object}, namespace: $NAMESPACE, uid: $UID, apiVersion: ${apiVersion} }
reason: Started
message: It has been started.
type: Normal
count: 2
source: { component: tester }
firstTimestamp: 2026-01-01T00:00:00Z
lastTimestamp: 2026-01-01T00:01:00Z
`;

const whereAmI = {
  command: 'get serviceaccount default -o jsonpath={.metadata.namespace}',
  save: 'NAMESPACE',
};

export const describing = [
  script(
    'describe a custom resource',
    'create -f machine.yaml',
    `patch machine mill --subresource=status --type=merge -p '{"status":{"replicas":1,"conditions":[{"type":"Ready","status":"True","reason":"Ok","message":"it runs"}]}}'`,
    'describe machine mill',
    'describe machines',
    'describe mach/mill --show-events=false',
    'describe machine nobody',
    'describe planet mars',
    'describe machines -l app=mill',
    'describe -f machine.yaml',
  ),
  script(
    'describe shows events',
    'create -f machine.yaml',
    whereAmI,
    { command: 'get machine mill -o jsonpath={.metadata.uid}', save: 'UID' },
    {
      command: 'create -f -',
      input: event('mill.1', 'Machine', 'mill', 'clients.example.com/v1'),
    },
    'describe machine mill',
    'events',
    'events --for machine/mill',
    'events --types=Warning',
    'get events',
    'get events -o wide',
    'get event mill.1 -o yaml',
    'get events --field-selector involvedObject.name=mill,type=Normal',
    'get events.events.k8s.io',
    'get events.v1.events.k8s.io mill.1 -o yaml',
  ),
  script(
    'describe built-in kinds',
    'create -f built-ins.yaml',
    'create -f deployment.yaml',
    'create -f pod.yaml',
    'create -f job.yaml',
    'describe configmap settings',
    'describe secret keys',
    'describe lease leader',
    'describe deployment web',
    'describe pod web-0',
    'describe job once',
    'describe namespace default',
    'describe serviceaccount default',
  ),
  script(
    'describe a custom resource definition',
    'describe crd planets.clients.example.com',
    'get crd machines.clients.example.com planets.clients.example.com',
    'get crd -l suite=clients',
    'get crd planets.clients.example.com -o yaml',
    'get crd machines.clients.example.com -o json',
  ),
];
