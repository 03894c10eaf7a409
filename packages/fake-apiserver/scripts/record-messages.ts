import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageLines, readPackage } from './go-types.ts';

// Writes src/protobuf/messages.json anew: how the Go types of Kubernetes' own kinds are written, read
// out of the modules that e2e/cluster pins. Needs Go, as `go` or as what GO names. Run it when the Kubernetes version is raised:
//   pnpm --filter @kindscope/fake-apiserver run record-messages

const TARGET = new URL('../src/protobuf/messages.json', import.meta.url);
const GO_MODULE = fileURLToPath(new URL('../../../e2e/cluster/go/kubernetes', import.meta.url));

const [api = '', machinery = ''] = execFileSync(
  process.env['GO'] ?? 'go',
  ['list', '-m', '-f', '{{.Dir}}', 'k8s.io/api', 'k8s.io/apimachinery'],
  { cwd: GO_MODULE, encoding: 'utf8' },
).split('\n');

const GROUPS = ['core', 'apps', 'batch', 'coordination', 'events', 'autoscaling', 'policy'];
const MORE_GROUPS = ['discovery', 'networking', 'authentication', 'authorization'];

const packages = [
  readPackage('meta.v1', [join(machinery, 'pkg/apis/meta/v1/types.go')]),
  ...[...GROUPS, ...MORE_GROUPS].map((group) =>
    readPackage(`${group}.v1`, [join(api, group, 'v1/types.go')]),
  ),
  readPackage('autoscaling.v2', [join(api, 'autoscaling/v2/types.go')]),
];

/** Where a client's bodies start. */
const ROOTS = [
  'apps.v1.ControllerRevision',
  'apps.v1.DaemonSet',
  'apps.v1.Deployment',
  'apps.v1.ReplicaSet',
  'apps.v1.StatefulSet',
  'authentication.v1.SelfSubjectReview',
  'authorization.v1.LocalSubjectAccessReview',
  'authorization.v1.SelfSubjectAccessReview',
  'authorization.v1.SelfSubjectRulesReview',
  'authorization.v1.SubjectAccessReview',
  'autoscaling.v1.Scale',
  'autoscaling.v2.HorizontalPodAutoscaler',
  'batch.v1.CronJob',
  'batch.v1.Job',
  'coordination.v1.Lease',
  'core.v1.Binding',
  'core.v1.ConfigMap',
  'core.v1.Endpoints',
  'core.v1.Event',
  'core.v1.LimitRange',
  'core.v1.Namespace',
  'core.v1.Node',
  'core.v1.PersistentVolume',
  'core.v1.PersistentVolumeClaim',
  'core.v1.Pod',
  'core.v1.ResourceQuota',
  'core.v1.Secret',
  'core.v1.Service',
  'core.v1.ServiceAccount',
  'discovery.v1.EndpointSlice',
  'events.v1.Event',
  'meta.v1.DeleteOptions',
  'networking.v1.Ingress',
  'policy.v1.Eviction',
  'policy.v1.PodDisruptionBudget',
];

const lines = messageLines(packages);
const wanted = new Set(ROOTS);
for (const message of wanted) {
  for (const [, type = ''] of (lines.get(message) ?? '').matchAll(/:(\w+\.v\d\.\w+)/g)) {
    wanted.add(type);
  }
}
const missing = [...wanted].filter((message) => !lines.has(message));
if (missing.length > 0) throw new Error(`no Go struct was found for ${missing.join(', ')}`);
const table = Object.fromEntries([...wanted].sort().map((name) => [name, lines.get(name)]));
writeFileSync(TARGET, `${JSON.stringify(table, null, 2)}\n`);
