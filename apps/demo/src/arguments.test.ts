import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

describe('the flags of the demo', () => {
  it('may all be left out', () => {
    expect(readArguments([], '/home')).toEqual({
      kind: 'run',
      options: {
        port: 0,
        token: undefined,
        kubeconfig: undefined,
        objects: 0,
        rate: 1.5,
        scenarios: [],
      },
    });
  });

  it('are read', () => {
    const argv = ['--port', '8080', '--token=t-1', '--kubeconfig', 'k/c', '--objects', '5000'];
    expect(
      readArguments(
        [...argv, '--rate', '0.5', '--scenario=rollout', '--scenario', 'field-fight'],
        '/home',
      ),
    ).toEqual({
      kind: 'run',
      options: {
        port: 8080,
        token: 't-1',
        kubeconfig: '/home/k/c',
        objects: 5000,
        rate: 0.5,
        scenarios: ['rollout', 'field-fight'],
      },
    });
  });

  it.each([
    [['--port', '70000'], '--port must be a whole number from 0 to 65535, not "70000".'],
    [['--objects', 'many'], '--objects must be a whole number from 0 to 1000000, not "many".'],
    [['--rate', '1e9'], '--rate must be a number of changes a second from 0 to 100000, not "1e9".'],
    [['--rate'], '--rate needs a value. Usage: '],
    [['--token', 'a b'], '--token must consist of letters, digits, ".", "_", "~" and "-".'],
    [['--speed', '3'], 'Unknown flag --speed. Usage: '],
    [['-p', '3'], 'Unknown flag -p. Usage: '],
    [['--scenario'], '--scenario needs a value. Usage: '],
    [
      ['--scenario', 'rollout', '--scenario', 'roll-out'],
      '--scenario: There is no scenario "roll-out": there are rollout, stuck-rollout, aborted-canary, certificate-renewal, field-fight, crd-upgrade, noisy-controller.',
    ],
    [['demo'], 'Unexpected argument "demo". Usage: '],
  ])('that are wrong are answered with one line: %j', (argv, message) => {
    const outcome = readArguments(argv, '/home');
    expect(outcome.kind === 'mistake' && outcome.message).toContain(message);
    expect(outcome.kind === 'mistake' && outcome.message).not.toContain('\n');
  });
});
