import { countAt, healthOf, stringAt } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import { backupOf } from '../objects/index.ts';
import { after, begun, created, edited, lookAt, play } from '../testing/story.ts';
import { backupController, backupSchedule } from './backup.ts';

describe('the backup schedule', () => {
  const database = created('CloudDatabase');

  it('makes a backup that belongs to the database, each time it is due', () => {
    const { create, againMs } = backupSchedule.decide(lookAt(database));
    expect(create?.body.metadata).toMatchObject({
      name: 'main-20260301120000',
      namespace: stringAt(database, 'metadata', 'namespace'),
      ownerReferences: [{ kind: 'CloudDatabase', name: 'main', uid: 'uid', controller: true }],
    });
    expect(create?.body['spec']).toMatchObject({ database: 'main' });
    expect(againMs).toBeGreaterThan(0);
  });

  it('makes none when it begins, before it is due, or where none are wanted', () => {
    expect(backupSchedule.decide(lookAt(database, { initial: true })).create).toBeUndefined();
    expect(backupSchedule.decide(lookAt(database, { due: false }))).toEqual({});
    const unwanted = edited(database, { backups: false });
    expect(backupSchedule.decide(lookAt(unwanted)).create).toBeUndefined();
    expect(backupSchedule.decide(lookAt(unwanted)).againMs).toBeGreaterThan(0);
  });

  it('makes so many that those kept are five of each database at most', () => {
    const { againMs: everyMs = 0 } = backupSchedule.decide(lookAt(database));
    const running = play(backupController, backup)[0] ?? {};
    const { againMs: keptMs = 0 } = backupController.decide(lookAt(running));
    expect(Math.ceil(keptMs / everyMs)).toBe(5);
  });

  const backup = { ...backupOf(database, '1').body, status: undefined };

  it('runs, completes with a size, and goes when it is old', () => {
    const [running = {}, completed = {}] = play(backupController, backup);
    expect(stringAt(running, 'status', 'phase')).toBe('Running');
    expect(healthOf(running).status).toBe('working');
    expect(stringAt(completed, 'status', 'phase')).toBe('Completed');
    expect(countAt(completed, 'status', 'bytes')).toBeGreaterThan(1e9);
    expect(healthOf(completed).status).toBe('healthy');
    expect(backupController.decide(lookAt(completed, { due: false }))).toEqual({});
    expect(backupController.decide(lookAt(completed))).toEqual({ remove: true });
  });

  it('takes one that was there at the beginning for complete', () => {
    expect(stringAt(begun(backupController, backup), 'status', 'phase')).toBe('Completed');
    const given = { initial: true };
    expect(backupController.decide(lookAt(after(backup, {}), given)).againMs).toBeGreaterThan(0);
  });
});
