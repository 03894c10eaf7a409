import { spawn } from 'node:child_process';
import type { ChangeList } from '@kindscope/protocol';
import type { startRealCluster } from '../fixtures/clusters.ts';
import { readFeed } from '../fixtures/feed.ts';
import { runToEnd } from '../fixtures/kubectl.ts';
import { expect, test } from '../fixtures/test.ts';

type RealCluster = Awaited<ReturnType<typeof startRealCluster>>;

test('every step of an Argo Rollouts canary that kubectl saw is in the feed', async ({
  app,
  cluster,
  kindscope,
}) => {
  test.setTimeout(180_000);
  const { kubectl } = cluster as RealCluster;
  const run = (...args: string[]) =>
    runToEnd(kubectl, ['--kubeconfig', cluster.kubeconfig, '-n', 'shop', ...args], undefined);
  await run('apply', '-f', 'e2e/cluster/manifests/canary.yaml');
  await run('wait', 'rollout/checkout', '--for=jsonpath={.status.phase}=Healthy', '--timeout=60s');

  await app.goto('/r/argoproj.io/v1alpha1/rollouts?namespace=shop');
  await expect(app.getByLabel('Freshness')).toContainText('Live');
  const recorder = record(kubectl, cluster.kubeconfig);
  await expect.poll(() => recorder.versions().length).toBeGreaterThan(0);

  const patch =
    '[{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"registry.example/checkout:1.1.0"}]';
  await run('patch', 'rollout/checkout', '--type=json', '-p', patch);
  await run(
    'wait',
    'rollout/checkout',
    '--for=jsonpath={.status.phase}=Progressing',
    '--timeout=60s',
  );
  await run('wait', 'rollout/checkout', '--for=jsonpath={.status.phase}=Healthy', '--timeout=120s');

  const steps = stepsOf(recorder.lines());
  expect(steps.length).toBeGreaterThan(2);
  // The two watches are told of the last step at about the same time.
  await expect
    .poll(() => changesOf(kindscope.origin, kindscope.token))
    .toEqual(expect.arrayContaining(recorder.versions().slice(1)));

  const entries = await readFeed(app);
  const template = entries.filter((text) => text.includes('spec.template'));
  expect(template.join()).toContain('registry.example/checkout:1.1.0');
  const index = entries.filter((text) => text.includes('status.currentStepIndex')).reverse();
  for (const [at, step] of steps.slice(1).entries()) expect(index[at]).toContain(String(step));
  await expect(app.getByRole('main')).toContainText('Healthy');
  recorder.stop();
  await run('delete', '-f', 'e2e/cluster/manifests/canary.yaml', '--wait=false');
});

/** An independent witness: what `kubectl get -w` prints, one JSON object after the other. */
function record(kubectl: string, kubeconfig: string) {
  const child = spawn(kubectl, [
    '--kubeconfig',
    kubeconfig,
    'get',
    'rollouts.argoproj.io',
    'checkout',
    '--namespace',
    'shop',
    '--watch',
    '-o',
    'jsonpath={.metadata.resourceVersion}{" "}{.status.currentStepIndex}{"\\n"}',
  ]);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  const lines = (): string[][] =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split(' '));
  return {
    lines,
    versions: () => lines().map(([version = '']) => version),
    stop: () => void child.kill(),
  };
}

function stepsOf(lines: string[][]): number[] {
  const steps = lines.flatMap(([, step = '']) => (step === '' ? [] : [Number(step)]));
  return steps.filter((step, index) => step !== steps[index - 1]);
}

async function changesOf(origin: string, token: string): Promise<(string | undefined)[]> {
  const path = '/api/v1/changes?resource=argoproj.io/v1alpha1/rollouts&limit=500';
  const answer = await fetch(`${origin}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const { items } = (await answer.json()) as ChangeList;
  return items.map((change) => change.to);
}
