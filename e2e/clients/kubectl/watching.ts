import { script } from '../script.ts';

const fleet = 'create -f fleet.yaml';
const work = [
  'create -f machine.yaml',
  'label machine mill tier=front --overwrite',
  'scale machine drill --replicas=5',
  'delete machine lathe',
];

export const watching = [
  script('get -w', fleet, { command: 'get machines -w', meanwhile: work, lines: 8 }),
  script('get -w --output-watch-events', fleet, {
    command: 'get machines -w --output-watch-events',
    meanwhile: work,
    lines: 8,
  }),
  script(
    'get -w of one object',
    fleet,
    {
      command: 'get machine drill -w',
      meanwhile: [
        'scale machine drill --replicas=5',
        'scale machine lathe --replicas=5',
        'delete machine drill',
      ],
      lines: 4,
    },
    {
      command: 'get machine lathe -w -o yaml',
      meanwhile: ['annotate machine lathe seen=1'],
      lines: 35,
    },
  ),
  script('get -w of a selector tells who enters and leaves', fleet, {
    command: 'get machines -w -l tier=back --output-watch-events -L tier',
    meanwhile: [
      'label machine drill tier=back --overwrite',
      'label machine lathe tier=front --overwrite',
      'label machine press tier=front --overwrite',
    ],
    lines: 6,
  }),
  script('get -w of a field selector', fleet, {
    command: 'get machines -w --field-selector spec.size=small --output-watch-events',
    meanwhile: [
      `patch machine drill --type=merge -p '{"spec":{"size":"small"}}'`,
      `patch machine lathe --type=merge -p '{"spec":{"size":"large"}}'`,
    ],
    lines: 4,
  }),
  script(
    'get --watch-only',
    fleet,
    { command: 'get machines --watch-only', meanwhile: work, lines: 5 },
    { command: 'get machines --watch-only -o name', meanwhile: ['delete machine drill'], lines: 1 },
    {
      command: 'get machines --watch-only -o json',
      meanwhile: ['annotate machine press seen=1'],
      lines: 25,
    },
  ),
  script('get -w of built-in kinds', 'create -f built-ins.yaml', {
    command: 'get configmaps -w --output-watch-events',
    meanwhile: [
      'create configmap late --from-literal=a=1',
      `patch configmap settings -p '{"data":{"more":"1"}}'`,
      'delete configmap settings',
    ],
    lines: 5,
  }),
  script('get -w of deployments and pods', 'create -f deployment.yaml', {
    command: 'get deployments -w -o wide',
    meanwhile: [
      'scale deployment web --replicas=3',
      `patch deployment web --subresource=status --type=merge -p '{"status":{"replicas":3,"updatedReplicas":3,"readyReplicas":2,"availableReplicas":2,"unavailableReplicas":1,"observedGeneration":2}}'`,
      'delete deployment web',
    ],
    lines: 5,
  }),
  script('get -w of several kinds at once is refused', 'get machines,configmaps -w'),
];
