/**
 * Asks an API server things through @kubernetes/client-node and prints what it is told, so that two servers can be
 * compared. What is particular to one run (uids, versions, times) is printed as it is; whoever compares takes it out.
 */
import { parseArgs } from 'node:util';
import { KubeConfig } from '@kubernetes/client-node';
import { builtInsPart } from './built-ins.ts';
import { customPart } from './custom.ts';
import { informerPart, outagePart } from './informer.ts';
import { objectsPart } from './objects.ts';
import { watchPart } from './watch.ts';

const parts: Readonly<Record<string, (config: KubeConfig, namespace: string) => Promise<void>>> = {
  custom: customPart,
  'built-ins': builtInsPart,
  objects: objectsPart,
  watch: watchPart,
  informer: informerPart,
  outage: outagePart,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kubeconfig: { type: 'string' }, namespace: { type: 'string', default: 'default' } },
});
const part = parts[positionals[0] ?? ''];
if (part === undefined) throw new Error(`there is no part "${positionals[0] ?? ''}"`);
const config = new KubeConfig();
config.loadFromFile(values.kubeconfig ?? '');
await part(config, values.namespace);
process.exit(0);
