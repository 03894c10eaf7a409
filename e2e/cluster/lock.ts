import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { codeOf } from './errors.ts';

/** A lock between processes. It is the kernel's: a process that dies in whatever way has released it. */
export interface Lock {
  readonly release: () => void;
}

const sqliteBusy = 5;

/** A database that nothing refers to is closed by the garbage collector, and its lock with it. */
const held = new Set<DatabaseSync>();

function open(path: string): DatabaseSync | undefined {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) {
      return undefined;
    }
    throw error;
  }
}

async function inode(path: string): Promise<bigint | undefined> {
  try {
    return (await stat(path, { bigint: true })).ino;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Takes the lock `path`, or returns undefined when another process has it. The file stays when the lock is released.
 * SQLite is used for its file locks alone: Node has no `flock`, and lock files with a pid in them go stale.
 */
export async function tryLock(path: string): Promise<Lock | undefined> {
  for (;;) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, '', { flag: 'a', mode: 0o600 });
    const before = await inode(path);
    const database = open(path);
    if (database === undefined) return undefined;
    // Whoever held it may have removed the file while it was being opened: a lock on a file that nobody else can
    // find is none.
    const after = await inode(path);
    if (before !== undefined && before === after) {
      held.add(database);
      return {
        release: () => {
          held.delete(database);
          database.close();
        },
      };
    }
    database.close();
  }
}
