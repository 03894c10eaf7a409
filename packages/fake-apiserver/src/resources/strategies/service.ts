import type { Cluster } from '../../cluster.ts';
import { clone, ensureMap, isMap, listAt, mapAt, stringAt, type JsonMap } from '../../json.ts';
import { parseStored } from '../../storage/stored-object.ts';
import type { AdmissionRule } from '../../write/admission.ts';

const FIRST_NODE_PORT = 30_000;
const NODE_PORTS = 2768;

/**
 * Gives services their addresses and node ports, and lets them keep them
 * (pkg/registry/core/service/storage): out of 10.96.0.0/16, IPv4 alone.
 */
export function serviceRule(cluster: Cluster): AdmissionRule {
  /** Something that no other service has. */
  function free<T>(make: () => T, used: ReadonlySet<T>): T {
    let made = make();
    while (used.has(made)) made = make();
    return made;
  }

  function specs(): JsonMap[] {
    const type = cluster.registry.byResource('', 'services');
    if (type === undefined) return [];
    const stored = cluster.registry.store(type).current().objects();
    return stored.map((item) => mapAt(parseStored(item), 'spec') ?? {}).toArray();
  }

  function giveAddress(spec: JsonMap): void {
    const used = new Set(specs().map((item) => stringAt(item, 'clusterIP') ?? ''));
    const address = (): string => {
      const [high, low] = [cluster.random.below(256), 1 + cluster.random.below(254)];
      return `10.96.${high}.${low}`;
    };
    spec['clusterIP'] ??= free(address, used);
    spec['clusterIPs'] ??= [spec['clusterIP']];
    spec['ipFamilies'] ??= ['IPv4'];
    spec['ipFamilyPolicy'] ??= 'SingleStack';
  }

  function givePorts(spec: JsonMap): void {
    const used = new Set(specs().flatMap((item) => portsOf(item).map((port) => port['nodePort'])));
    for (const port of portsOf(spec)) {
      port['nodePort'] ??= free(() => FIRST_NODE_PORT + cluster.random.below(NODE_PORTS), used);
      used.add(port['nodePort']);
    }
  }

  return (service, before) => {
    const spec = ensureMap(service, 'spec');
    const type = stringAt(spec, 'type') ?? '';
    const old = mapAt(before, 'spec');
    if (old !== undefined) {
      keepAllocated(spec, old);
      dropForType(spec, old);
    }
    if (type === 'ExternalName') return service;
    giveAddress(spec);
    const balanced = type === 'LoadBalancer' && spec['allocateLoadBalancerNodePorts'] !== false;
    if (type === 'NodePort' || balanced) givePorts(spec);
    return service;
  };
}

/** What was allocated stays, where the new object does not speak of it. */
function keepAllocated(spec: JsonMap, old: JsonMap): void {
  if (spec['type'] === 'ExternalName' || old['type'] === 'ExternalName') return;
  for (const key of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']) {
    if (spec[key] === undefined && old[key] !== undefined) spec[key] = clone(old[key]);
  }
  if (spec['type'] === 'ClusterIP') return;
  for (const port of portsOf(spec)) {
    const was = portsOf(old).find(
      (item) => item['port'] === port['port'] && item['protocol'] === port['protocol'],
    );
    port['nodePort'] ??= was?.['nodePort'];
  }
}

const hasNodePorts = (spec: JsonMap): boolean =>
  spec['type'] === 'NodePort' || spec['type'] === 'LoadBalancer';

/** What only another type has goes with it, where the writer did not change it. */
function dropForType(spec: JsonMap, old: JsonMap): void {
  if (hasNodePorts(spec) || !hasNodePorts(old)) return;
  for (const port of portsOf(spec)) {
    const same = portsOf(old).some((item) => item['nodePort'] === port['nodePort']);
    if (same) delete port['nodePort'];
  }
  for (const key of ['externalTrafficPolicy', 'allocateLoadBalancerNodePorts']) {
    if (spec[key] === old[key]) delete spec[key];
  }
}

function portsOf(spec: JsonMap | undefined): JsonMap[] {
  return listAt(spec, 'ports').filter((item) => isMap(item));
}
