import { mapAt, stringAt, type JsonMap } from '../../json.ts';
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
import { parseQuantity } from '../typed/quantity.ts';
import {
  formed,
  mapsAt,
  notNegative,
  numberAt,
  oneOf,
  portNameFaults,
  portNumber,
  portReference,
  requiredText,
} from './checks.ts';

/** pkg/apis/core/validation, validateContainerCommon: what people get wrong of it. */
export function containerCheck(
  container: JsonMap,
  path: string,
  volumes: ReadonlySet<string>,
): Cause[] {
  return [
    ...requiredText(container, path, 'name'),
    ...formed(container, path, 'name', labelFaults),
    ...requiredText(container, path, 'image'),
    ...oneOf(container, path, 'terminationMessagePolicy', ['File', 'FallbackToLogsOnError']),
    ...portsCheck(mapsAt(container, 'ports'), child(path, 'ports')),
    ...envCheck(mapsAt(container, 'env'), child(path, 'env')),
    ...mountsCheck(mapsAt(container, 'volumeMounts'), child(path, 'volumeMounts'), volumes),
    ...oneOf(container, path, 'imagePullPolicy', ['Always', 'IfNotPresent', 'Never']),
    ...resourcesCheck(mapAt(container, 'resources'), child(path, 'resources')),
  ];
}

function portsCheck(ports: readonly JsonMap[], path: string): Cause[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const here = at(path, index);
    const name = stringAt(port, 'name') ?? '';
    const taken = name !== '' && names.has(name);
    const faults = formed(port, here, 'name', portNameFaults);
    if (faults.length === 0) names.add(name);
    return [
      ...faults,
      ...(taken && faults.length === 0 ? [duplicate(child(here, 'name'), name)] : []),
      ...((numberAt(port, 'containerPort') ?? 0) === 0
        ? [required(child(here, 'containerPort'))]
        : portNumber(port['containerPort'], child(here, 'containerPort'))),
      ...((numberAt(port, 'hostPort') ?? 0) === 0
        ? []
        : portNumber(port['hostPort'], child(here, 'hostPort'))),
      ...oneOf(port, here, 'protocol', ['SCTP', 'TCP', 'UDP']),
    ];
  });
}

function envCheck(variables: readonly JsonMap[], path: string): Cause[] {
  const fault =
    "a valid environment variable name must consist only of printable ASCII characters other than '='";
  return variables.flatMap((variable, index) => [
    ...requiredText(variable, at(path, index), 'name'),
    ...formed(variable, at(path, index), 'name', (name) =>
      /^[ -<>-~]+$/.test(name) ? [] : [fault],
    ),
  ]);
}

function mountsCheck(
  mounts: readonly JsonMap[],
  path: string,
  volumes: ReadonlySet<string>,
): Cause[] {
  const paths = new Set<string>();
  return mounts.flatMap((mount, index) => {
    const here = at(path, index);
    const name = stringAt(mount, 'name') ?? '';
    const mountPath = stringAt(mount, 'mountPath') ?? '';
    const taken = paths.has(mountPath);
    paths.add(mountPath);
    return [
      ...requiredText(mount, here, 'name'),
      ...(volumes.has(name)
        ? []
        : [
            {
              reason: 'FieldValueNotFound',
              message: `Not found: ${JSON.stringify(name)}`,
              field: child(here, 'name'),
            },
          ]),
      ...requiredText(mount, here, 'mountPath'),
      ...(taken ? [invalidValue(child(here, 'mountPath'), mountPath, 'must be unique')] : []),
    ];
  });
}

const CONTAINER_RESOURCES = /^(cpu|memory|ephemeral-storage|hugepages-.*|.*\/.*)$/;

function resourcesCheck(resources: JsonMap | undefined, path: string): Cause[] {
  const limits = mapAt(resources, 'limits');
  return [
    ...amountsCheck(limits, child(path, 'limits')),
    ...Object.entries(mapAt(resources, 'requests') ?? {}).flatMap(([name, amount]) => {
      const limit = stringAt(limits, name);
      const wanted = typeof amount === 'string' ? amount : '0';
      const tooMuch = limit !== undefined && nanoOf(wanted) > nanoOf(limit);
      const why = `must be less than or equal to ${name} limit of ${limit ?? ''}`;
      return [
        ...amountsCheck({ [name]: wanted }, child(path, 'requests')),
        ...(tooMuch ? [invalidValue(child(path, 'requests'), wanted, why)] : []),
      ];
    }),
  ];
}

function amountsCheck(amounts: JsonMap | undefined, path: string): Cause[] {
  return Object.entries(amounts ?? {}).flatMap(([name, amount]) => {
    const known = CONTAINER_RESOURCES.test(name);
    const faults = known
      ? []
      : [
          'must be a standard resource type or fully qualified',
          'must be a standard resource for containers',
        ];
    const negative = typeof amount === 'string' && nanoOf(amount) < 0n;
    return [
      ...faults.map((fault) => invalidValue(at(path, name), name, fault)),
      ...(negative
        ? [invalidValue(at(path, name), amount, 'must be greater than or equal to 0')]
        : []),
    ];
  });
}

function nanoOf(amount: string): bigint {
  return parseQuantity(amount).nano;
}

/** The probes of a container; only a readiness probe may want to succeed more than once. */
export function probesCheck(container: JsonMap, path: string): Cause[] {
  return ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((key) => {
    const probe = mapAt(container, key);
    if (probe === undefined) return [];
    const here = child(path, key);
    const threshold = numberAt(probe, 'successThreshold') ?? 1;
    return [
      ...handlerCheck(probe, here),
      ...notNegative(
        probe,
        here,
        'initialDelaySeconds',
        'timeoutSeconds',
        'periodSeconds',
        'successThreshold',
        'failureThreshold',
      ),
      ...(key === 'readinessProbe' || threshold === 1
        ? []
        : [invalidValue(child(here, 'successThreshold'), threshold, 'must be 1')]),
    ];
  });
}

const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'];

function handlerCheck(handler: JsonMap, path: string): Cause[] {
  const given = HANDLERS.filter((key) => mapAt(handler, key) !== undefined);
  if (given.length === 0) return [required(path, 'must specify a handler type')];
  return [
    ...['httpGet', 'tcpSocket'].flatMap((key) => {
      const action = given[0] === key ? mapAt(handler, key) : undefined;
      return action === undefined ? [] : portReference(action['port'], `${path}.${key}.port`);
    }),
    ...given
      .slice(1)
      .map((key) => forbidden(child(path, key), 'may not specify more than 1 handler type')),
  ];
}
