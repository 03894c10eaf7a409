import { script } from '../script.ts';

const ready = (status: string): string =>
  `patch machine mill --subresource=status --type=merge -p '{"status":{"conditions":[{"type":"Ready","status":"${status}"}]}}'`;

export const waiting = [
  script(
    'wait for a condition',
    'create -f machine.yaml',
    'wait machine/mill --for=condition=Ready --timeout=1s',
    {
      command: 'wait machine/mill --for=condition=Ready --timeout=10s',
      meanwhile: [ready('False'), ready('True')],
    },
    'wait machine/mill --for=condition=Ready --timeout=10s',
    {
      command: 'wait machine/mill --for=condition=Ready=False --timeout=10s',
      meanwhile: [ready('False')],
    },
    'wait machines --all --for=condition=Ready=false --timeout=1s',
    'wait machine/nobody --for=condition=Ready --timeout=1s',
    'wait machines -l app=nobody --for=condition=Ready --timeout=1s',
  ),
  script(
    'wait for a path and for creation',
    'create -f machine.yaml',
    {
      command: 'wait machine/mill --for=jsonpath={.spec.size}=large --timeout=10s',
      meanwhile: [`patch machine mill --type=merge -p '{"spec":{"size":"large"}}'`],
    },
    'wait machine/mill --for=jsonpath={.spec.size}=small --timeout=1s',
    'wait machine/mill --for=jsonpath={.spec.size} --timeout=1s',
    'wait machine/mill --for=create --timeout=1s',
    'wait machine/nobody --for=create --timeout=1s',
  ),
  script(
    'wait for deletion',
    'create -f machine.yaml',
    {
      command: 'wait machine/mill --for=delete --timeout=10s',
      meanwhile: ['delete machine mill'],
    },
    'wait machine/mill --for=delete --timeout=1s',
    'create -f machine.yaml',
    'wait machine/mill --for=delete --timeout=1s',
  ),
];
