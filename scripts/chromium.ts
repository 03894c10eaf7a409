import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const wellKnown = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The browser for the tests: `KINDSCOPE_CHROMIUM`, one on the PATH, or one that can be installed
 * without asking (Debian's package when we are root there, Playwright's own download elsewhere).
 *
 * @returns its executable, `'bundled'` for Playwright's own, or an error with its remedy.
 */
export function findOrInstallChromium(
  say: (line: string) => void,
): { executable: string } | 'bundled' | { error: string } {
  const named = process.env['KINDSCOPE_CHROMIUM'];
  if (named !== undefined && named !== '') {
    return existsSync(named)
      ? { executable: named }
      : { error: `KINDSCOPE_CHROMIUM names ${named}, which does not exist. Correct or unset it.` };
  }
  const found = onPath() ?? wellKnown.find((file) => existsSync(file));
  if (found !== undefined) return { executable: found };
  if (mayInstallPackages()) {
    say('No browser found: installing the chromium package (once).');
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
    const installed = onPath();
    if (installed !== undefined) return { executable: installed };
  }
  say('No browser found: asking Playwright for its own (once).');
  const playwright = path.resolve('e2e/node_modules/.bin/playwright');
  if (run(playwright, ['install', 'chromium']) === 0) return 'bundled';
  return {
    error:
      'The browser tests need Chromium and none could be installed. Install it with your package manager, or set KINDSCOPE_CHROMIUM to its executable.',
  };
}

function onPath(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function mayInstallPackages(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

function run(command: string, args: string[]): number {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: 'inherit', env: environment }).status ?? 1;
}
