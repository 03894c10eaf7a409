import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { startControlPlane, type ControlPlane } from '../cluster/index.ts';
import { launchBrowser } from '../fixtures/browser.ts';
import { startKindscope } from '../fixtures/kindscope.ts';
import { createKubectlEditor } from '../fixtures/kubectl-editor.ts';
import { widget, widgetCrd } from '../fixtures/widgets.ts';
import type { Bench, Size } from './bench.ts';
import { installProbe, sighting } from './page-probe.ts';
import { percentile, round } from './statistics.ts';

const group = 'bench.example.com';
const samples: Record<Size, number> = { small: 50, medium: 300, large: 2000 };
const objects = 20;
const frameMs = 1000 / 60;

/** API write sent → message in the page → row painted, beside `kubectl get -w` on the same events. */
export const endToEnd: Bench = {
  name: 'end-to-end',
  about: 'From the write to the page and to kubectl get -w, on a real kube-apiserver, at rest.',
  run: async (size) => {
    const plane = await startControlPlane({ bare: true });
    try {
      return await measure(plane, samples[size]);
    } finally {
      await plane.stop();
    }
  },
};

async function measure(plane: ControlPlane, count: number) {
  const editor = createKubectlEditor(plane.kubectl, plane.kubeconfig);
  await editor.apply([widgetCrd(group)]);
  const names = Array.from({ length: objects }, (_, index) => `w${index}`);
  await editor.apply(names.map((name) => widget(group, name)));
  const kindscope = await startKindscope(['--kubeconfig', plane.kubeconfig]);
  const browser = await launchBrowser();
  const witness = watchWithKubectl(plane);
  try {
    const page = await browser.newPage();
    await installProbe(page);
    await page.goto(kindscope.url);
    await page.goto(`${kindscope.origin}/r/${group}/v1/widgets`);
    await page.getByRole('link', { name: 'w0', exact: true }).waitFor();
    const write = createWriter(plane, await readFile(plane.kubeconfig, 'utf8'));
    const kubectl: number[] = [];
    const received: number[] = [];
    const frames: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const marker = `marker-${index}`;
      const begun = performance.timeOrigin + performance.now();
      await write(names[index % objects] ?? 'w0', marker);
      const seen = await sighting(page, marker);
      received.push(seen.received - begun);
      frames.push((seen.painted - seen.received) / frameMs);
      kubectl.push((await witness.seen(marker)) - begun);
      await wait(30);
    }
    return {
      params: { samples: count, objects },
      metrics: {
        kubectlP50Ms: round(percentile(kubectl, 50)),
        kubectlP99Ms: round(percentile(kubectl, 99)),
        receivedP50Ms: round(percentile(received, 50)),
        receivedP99Ms: round(percentile(received, 99)),
        paintFramesP50: round(percentile(frames, 50)),
        paintFramesP99: round(percentile(frames, 99)),
      },
      ratios: {
        'received/kubectl': round(percentile(received, 50) / percentile(kubectl, 50)),
        'receivedP99/kubectl': round(percentile(received, 99) / percentile(kubectl, 99)),
      },
    };
  } finally {
    witness.stop();
    await browser.close();
    await kindscope.interrupt();
  }
}

/** The peer: what a person sees in a terminal. */
function watchWithKubectl(plane: ControlPlane) {
  const child = spawn(plane.kubectl, [
    '--kubeconfig',
    plane.kubeconfig,
    'get',
    'widgets',
    '--watch',
    '-o',
    'jsonpath={.status.phase}{"\\n"}',
  ]);
  const times = new Map<string, number>();
  child.stdout.on('data', (chunk: Buffer) => {
    const now = performance.timeOrigin + performance.now();
    for (const [marker] of chunk.toString('utf8').matchAll(/marker-\d+/g)) {
      if (!times.has(marker)) times.set(marker, now);
    }
  });
  return {
    seen: async (marker: string): Promise<number> => {
      for (let tries = 0; tries < 1000; tries += 1) {
        const time = times.get(marker);
        if (time !== undefined) return time;
        await wait(10);
      }
      throw new Error(`kubectl never printed ${marker}.`);
    },
    stop: () => void child.kill(),
  };
}

/** Patches the status over one kept connection. */
function createWriter(plane: ControlPlane, kubeconfig: string) {
  const authority = /certificate-authority-data: (\S+)/.exec(kubeconfig)?.[1];
  const agent = new Agent({
    keepAlive: true,
    ...(authority === undefined ? {} : { ca: Buffer.from(authority, 'base64') }),
  });
  return (name: string, marker: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const url = `${plane.server}/apis/${group}/v1/namespaces/default/widgets/${name}/status`;
      const sent = request(url, {
        method: 'PATCH',
        agent,
        headers: {
          authorization: `Bearer ${plane.token}`,
          'content-type': 'application/merge-patch+json',
        },
      });
      sent.once('error', reject);
      sent.once('response', (response) => {
        response.resume();
        response.once('end', () =>
          response.statusCode === 200
            ? resolve()
            : reject(new Error(`The write was answered ${response.statusCode}.`)),
        );
      });
      sent.end(JSON.stringify({ status: { phase: marker } }));
    });
}
