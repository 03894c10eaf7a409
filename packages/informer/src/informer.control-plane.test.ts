import { startControlPlane } from '../../../e2e/cluster/index.ts';
import { testInformerAt } from './testing/cluster-suite.ts';

testInformerAt('kube-apiserver', async () => {
  const plane = await startControlPlane({ bare: true });
  return {
    kubeconfig: plane.kubeconfig,
    stop: () => plane.stopApiServer(),
    start: () => plane.startApiServer(),
    close: () => plane.stop(),
  };
});
