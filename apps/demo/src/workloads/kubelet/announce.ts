import { stringAt, type JsonObject } from '@kindscope/kube';
import type { Announcement } from '../deed.ts';
import { pullError } from './container-status.ts';
import type { Container, Told } from './container.ts';
import { podId } from './pod-status.ts';

/** What the kubelet says of a container (pkg/kubelet/kuberuntime and images, 1.36). */
export function announce(
  pod: JsonObject,
  container: Container,
  told: Told | 'killing',
  pulledMs: number,
): readonly Announcement[] {
  const { name, image } = container;
  const say = (type: 'Normal' | 'Warning', reason: string, message: string): Announcement => ({
    kind: 'announce',
    about: pod,
    type,
    reason,
    message,
    fieldPath: `spec.containers{${name}}`,
    host: stringAt(pod, 'spec', 'nodeName') ?? '',
  });
  switch (told) {
    case 'pulling':
      return [say('Normal', 'Pulling', `Pulling image "${image}"`)];
    case 'pulled':
      return [say('Normal', 'Pulled', pulledMessage(image, pulledMs))];
    case 'present': {
      const message = `Container image "${image}" already present on machine and can be accessed by the pod`;
      return [say('Normal', 'Pulled', message)];
    }
    case 'started':
      return [
        say('Normal', 'Created', 'Container created'),
        say('Normal', 'Started', 'Container started'),
      ];
    case 'pullFailed':
      return [
        say('Warning', 'Failed', `Failed to pull image "${image}": ${pullError(image)}`),
        say('Warning', 'Failed', 'Error: ErrImagePull'),
      ];
    case 'pullBackOff':
      return [
        say('Normal', 'BackOff', `Back-off pulling image "${image}"`),
        say('Warning', 'Failed', 'Error: ImagePullBackOff'),
      ];
    case 'crashBackOff': {
      const message = `Back-off restarting failed container ${name} in pod ${podId(pod)}`;
      return [say('Warning', 'BackOff', message)];
    }
    case 'killing':
      return [say('Normal', 'Killing', `Stopping container ${name}`)];
    default:
      return told satisfies never;
  }
}

function pulledMessage(image: string, ms: number): string {
  const took = ms < 1000 ? `${ms}ms` : `${ms / 1000}s`;
  // The size of an image is always the same: made up from its name.
  const bytes = 8_000_000 + ((image.length * 7_919_003) % 90_000_000);
  return `Successfully pulled image "${image}" in ${took} (${took} including waiting). Image size: ${bytes} bytes.`;
}
