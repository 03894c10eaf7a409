import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { buildWeb } from './web-build.ts';

const root = path.join(import.meta.dirname, '..');
const args = process.argv.slice(2);

/** These answer and end: no page is needed. */
const question = args.some((arg) => arg === '--help' || arg === '-h' || arg === '--version');

if (!question && !(await buildWeb(root, console.log))) {
  console.error('kindscope: The page could not be built; what is wrong is said above.');
  process.exit(1);
}
// Half of the time to start is compiling; what is imported after this is compiled once.
enableCompileCache(path.join(root, 'node_modules/.cache/compiled'));
const { run } = await import('../apps/server/src/main.ts');
process.exit(await run(args));
