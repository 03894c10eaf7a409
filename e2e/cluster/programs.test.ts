import { expect, test } from 'vitest';
import { programNames, programs, programVersion, requiredVersion } from './programs.ts';

test('a version is read from a single require and from a block', () => {
  expect(requiredVersion('require k8s.io/kubernetes v1.36.3\n', 'k8s.io/kubernetes')).toBe(
    'v1.36.3',
  );
  const block = 'require (\n\tsigs.k8s.io/kwok v0.8.0\n\tk8s.io/api v0.36.3 // indirect\n)\n';
  expect(requiredVersion(block, 'sigs.k8s.io/kwok')).toBe('v0.8.0');
});

test('a replace line is not taken for a requirement', () => {
  const goMod = 'replace (\n\tk8s.io/api => k8s.io/api v0.34.5\n)\n';
  expect(() => requiredVersion(goMod, 'k8s.io/api')).toThrow('does not require k8s.io/api');
});

test('every program has a pinned version', async () => {
  for (const name of programNames) expect(await programVersion(name)).toMatch(/^v\d+\.\d+\.\d+$/);
});

test('Kubernetes programs are stamped with version, major and minor', () => {
  expect(programs['kube-apiserver'].stamp('v1.36.3')).toEqual({
    'k8s.io/component-base/version.gitVersion': 'v1.36.3',
    'k8s.io/component-base/version.gitMajor': '1',
    'k8s.io/component-base/version.gitMinor': '36',
  });
});
