import { expect, test } from 'vitest';
import { kubeconfigText, tokenFileText } from './credentials.ts';

test('each user has a line in the token file, with groups only where there are some', () => {
  const text = tokenFileText({
    admin: 'a',
    'kube-controller-manager': 'b',
    'kube-scheduler': 'c',
    kwok: 'd',
    'rollouts-controller': 'e',
  });
  expect(text.split('\n')).toEqual([
    'a,kindscope-admin,kindscope-admin,"system:masters"',
    'b,system:kube-controller-manager,system:kube-controller-manager',
    'c,system:kube-scheduler,system:kube-scheduler',
    'd,kwok,kwok,"system:masters"',
    'e,argo-rollouts,argo-rollouts,"system:masters"',
    '',
  ]);
});

test('a kubeconfig names its only context after the cluster', () => {
  const text = kubeconfigText({
    cluster: 'one',
    server: 'https://127.0.0.1:6443',
    certificateAuthority: 'PEM',
    user: 'kindscope-admin',
    token: 'secret',
  });
  expect(text).toContain('current-context: kindscope-one\n');
  expect(text).toContain('certificate-authority-data: UEVN\n');
});
