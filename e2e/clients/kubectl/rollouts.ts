import { script } from '../script.ts';

const progressed = (condition: string, counts: string): string =>
  `patch deployment web --subresource=status --type=merge -p '{"status":{"observedGeneration":1,"conditions":[${condition}],${counts}}}'`;

const replicaSet = (revision: number, image: string, replicas: number): string => `
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: web-${revision}
  labels: { app: web, pod-template-hash: "${revision}" }
  annotations: { deployment.kubernetes.io/revision: "${revision}", kubernetes.io/change-cause: to ${image} }
  ownerReferences: [{ apiVersion: apps/v1, kind: Deployment, name: web, uid: $UID, controller: true }]
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web, pod-template-hash: "${revision}" } }
  template:
    metadata: { labels: { app: web, pod-template-hash: "${revision}" } }
    spec: { automountServiceAccountToken: false, containers: [{ name: main, image: "${image}" }] }
`;

export const rollouts = [
  script(
    'rollout status',
    'create -f deployment.yaml',
    'rollout status deployment/web --watch=false',
    progressed(
      '{"type":"Progressing","status":"True","reason":"ReplicaSetUpdated"}',
      '"replicas":2,"updatedReplicas":1',
    ),
    'rollout status deployment/web --watch=false',
    {
      command: 'rollout status deployment/web',
      meanwhile: [
        progressed(
          '{"type":"Progressing","status":"True","reason":"ReplicaSetUpdated"}',
          '"replicas":2,"updatedReplicas":2,"availableReplicas":1,"readyReplicas":1',
        ),
        progressed(
          '{"type":"Progressing","status":"True","reason":"NewReplicaSetAvailable"},{"type":"Available","status":"True","reason":"MinimumReplicasAvailable"}',
          '"replicas":2,"updatedReplicas":2,"availableReplicas":2,"readyReplicas":2',
        ),
      ],
    },
    'get deployment web',
    'get deployment web -o wide',
    'describe deployment web',
    progressed(
      '{"type":"Progressing","status":"False","reason":"ProgressDeadlineExceeded"}',
      '"replicas":2,"updatedReplicas":1',
    ),
    'rollout status deployment/web',
    'rollout status deployment/nobody',
    'wait deployment/web --for=condition=Available --timeout=1s',
  ),
  script(
    'rollout history, undo, pause, resume and restart',
    'create -f deployment.yaml',
    { command: 'get deployment web -o jsonpath={.metadata.uid}', save: 'UID' },
    { command: 'create -f -', input: replicaSet(1, 'nginx:1.26', 0) },
    { command: 'create -f -', input: replicaSet(2, 'nginx:1.27', 2) },
    'annotate deployment web deployment.kubernetes.io/revision=2',
    'get replicasets',
    'get replicasets -o wide',
    'rollout history deployment/web',
    'rollout history deployment/web --revision=1',
    'rollout history deployment/web --revision=9',
    'rollout undo deployment/web --dry-run=server',
    'rollout undo deployment/web',
    'get deployment web -o jsonpath={.metadata.generation}{.spec.template.spec.containers[*].image}',
    'rollout pause deployment/web',
    'rollout pause deployment/web',
    'rollout undo deployment/web',
    'rollout resume deployment/web',
    'rollout resume deployment/web',
    'rollout restart deployment/web',
    'get deployment web -o yaml',
    'describe replicaset web-2',
    'describe deployment web',
  ),
];
