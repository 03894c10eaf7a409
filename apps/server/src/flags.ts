/** One flag; `--name` and `KINDSCOPE_NAME` (dashes written `_`) say the same, the flag wins. */
export interface Flag {
  readonly name: string;
  /** What the value is called in the help text; absent for a switch. */
  readonly value?: string;
  readonly repeatable?: true;
  readonly help: string;
}

export const flags: readonly Flag[] = [
  {
    name: 'kubeconfig',
    value: 'PATH',
    help: 'kubeconfig file (default: KUBECONFIG, then ~/.kube/config)',
  },
  { name: 'context', value: 'NAME', help: 'context of the kubeconfig (default: its current one)' },
  { name: 'demo', help: 'start the embedded demo cluster and show that' },
  { name: 'demo-objects', value: 'N', help: 'objects the demo cluster starts with' },
  { name: 'demo-rate', value: 'N', help: 'changes a second the demo cluster makes, about' },
  {
    name: 'scenario',
    value: 'NAME',
    repeatable: true,
    help: 'start this story in the demo cluster; repeat for more (implies --demo)',
  },
  {
    name: 'watch',
    value: 'GVR',
    repeatable: true,
    help: 'watch GROUP/VERSION/RESOURCE from the start, looked at or not; repeat for more',
  },
  {
    name: 'namespace',
    value: 'NAME',
    repeatable: true,
    help: 'keep to this namespace; repeat for more (default: all)',
  },
  { name: 'port', value: 'N', help: 'port to serve on, 0 for any free one (default: 7373)' },
  { name: 'listen', value: 'ADDRESS', help: 'IP address to serve on (default: 127.0.0.1)' },
  { name: 'token', value: 'TOKEN', help: 'token that opens the page (default: a new random one)' },
  {
    name: 'allowed-host',
    value: 'HOST',
    repeatable: true,
    help: 'host[:port] under which browsers may reach the page; repeat for more',
  },
  {
    name: 'base-path',
    value: 'PATH',
    help: 'path under which a proxy serves the page (default: /)',
  },
  {
    name: 'log-level',
    value: 'LEVEL',
    help: 'silent, fatal, error, warn, info, debug or trace (default: error)',
  },
  { name: 'help', help: 'print this and stop' },
  { name: 'version', help: 'print the version and stop' },
];

/** The environment variable of a flag. */
export function flagVariable(name: string): string {
  return `KINDSCOPE_${name.toUpperCase().replaceAll('-', '_')}`;
}

export function helpText(): string {
  const heads = flags.map((flag) => `--${flag.name}${flag.value ? ` ${flag.value}` : ''}`);
  const width = Math.max(...heads.map((head) => head.length)) + 2;
  const lines = flags.map((flag, index) => `  ${(heads[index] ?? '').padEnd(width)}${flag.help}`);
  return [
    'Kindscope: see every Kubernetes custom resource change, live.',
    '',
    'Usage: pnpm start [flags]',
    '',
    ...lines,
    '',
    `Each flag has an environment variable: ${flagVariable('log-level')} for --log-level.`,
    'Where a flag may be repeated, its variable takes a list with commas.',
    'Without a cluster (kubeconfig or service account) the embedded demo cluster is shown.',
  ].join('\n');
}
