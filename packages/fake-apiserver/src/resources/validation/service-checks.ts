import { isIP } from 'node:net';
import { stringsAt, mapAt, stringAt, type JsonMap } from '../../json.ts';
import {
  at,
  child,
  duplicate,
  forbidden,
  invalidValue,
  required,
} from '../../schema/field-errors.ts';
import type { Cause } from '../../status.ts';
import { labelFaults } from '../../write/qualified-name.ts';
import {
  labelsCheck,
  formed,
  mapsAt,
  numberAt,
  oneOf,
  portNumber,
  portReference,
} from './checks.ts';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];

/** pkg/apis/core/validation, ValidateService: what people get wrong of it. */
export function serviceCheck(service: JsonMap, before: JsonMap | undefined): Cause[] {
  const spec = mapAt(service, 'spec') ?? {};
  const ports = mapsAt(spec, 'ports');
  const type = stringAt(spec, 'type') ?? '';
  const headless = spec['clusterIP'] === 'None';
  const external = type === 'ExternalName';
  return [
    ...(before === undefined ? [] : addressKept(spec, mapAt(before, 'spec') ?? {})),
    ...(ports.length === 0 && !headless && !external ? [required('spec.ports')] : []),
    ...(external && (stringAt(spec, 'externalName') ?? '') === ''
      ? [required('spec.externalName')]
      : []),
    ...portsCheck(ports, 'spec.ports'),
    ...labelsCheck(spec, 'selector', 'spec.selector'),
    ...oneOf(spec, 'spec', 'sessionAffinity', ['ClientIP', 'None']),
    ...addressCheck(spec),
    ...oneOf(spec, 'spec', 'type', TYPES),
    ...repeatedPorts(ports, 'spec.ports'),
    ...(type === 'ClusterIP' ? noNodePorts(ports, 'spec.ports') : []),
  ];
}

function portsCheck(ports: readonly JsonMap[], path: string): Cause[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const here = at(path, index);
    const name = stringAt(port, 'name') ?? '';
    const taken = name !== '' && names.has(name);
    names.add(name);
    return [
      ...(name === '' && ports.length > 1 ? [required(child(here, 'name'))] : []),
      ...formed(port, here, 'name', labelFaults),
      ...(taken ? [duplicate(child(here, 'name'), name)] : []),
      ...portNumber(port['port'], child(here, 'port')),
      ...oneOf(port, here, 'protocol', ['SCTP', 'TCP', 'UDP']),
      ...portReference(port['targetPort'], child(here, 'targetPort')),
    ];
  });
}

/** Two ports may not be the same but for their names. */
function repeatedPorts(ports: readonly JsonMap[], path: string): Cause[] {
  const seen = new Set<string>();
  return ports.flatMap((port, index) => {
    const protocol = stringAt(port, 'protocol') ?? '';
    const key = `${protocol}/${numberAt(port, 'port') ?? 0}`;
    const taken = seen.has(key);
    seen.add(key);
    const shown = {
      Name: '',
      Protocol: protocol,
      AppProtocol: null,
      Port: port['port'] ?? 0,
      TargetPort: 0,
      NodePort: 0,
    };
    if (!taken) return [];
    const message = `Duplicate value: ${JSON.stringify(shown)}`;
    return [{ reason: 'FieldValueDuplicate', message, field: at(path, index) }];
  });
}

function noNodePorts(ports: readonly JsonMap[], path: string): Cause[] {
  return ports.flatMap((port, index) =>
    (numberAt(port, 'nodePort') ?? 0) === 0
      ? []
      : [forbidden(`${at(path, index)}.nodePort`, "may not be used when `type` is 'ClusterIP'")],
  );
}

function addressCheck(spec: JsonMap): Cause[] {
  return stringsAt(spec, 'clusterIPs').flatMap((address, index) =>
    address === 'None' || isIP(address) !== 0
      ? []
      : [
          invalidValue(
            at('spec.clusterIPs', index),
            address,
            'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
          ),
        ],
  );
}

function addressKept(spec: JsonMap, old: JsonMap): Cause[] {
  if (spec['type'] === 'ExternalName' || old['type'] === 'ExternalName') return [];
  if (spec['clusterIP'] === old['clusterIP']) return [];
  const addresses = [spec['clusterIP'] ?? ''];
  return [invalidValue('spec.clusterIPs[0]', addresses, 'may not change once set')];
}
