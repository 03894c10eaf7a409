import { conditionOf, healthOf, stringAt } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import { after, begun, created, lookAt } from '../testing/story.ts';
import { databaseController as controller } from './database.ts';

const unlucky = (): number => 0;
const lucky = (): number => 0.99;

describe('the database controller', () => {
  const object = begun(controller, created('CloudDatabase'));

  it('fails over to the other member when a primary is lost', () => {
    const decision = controller.decide(lookAt(object, { random: unlucky }));
    const failing = after(object, decision);
    expect(stringAt(failing, 'status', 'phase')).toBe('FailingOver');
    expect(conditionOf(failing, 'Ready')).toMatchObject({ status: 'False', reason: 'PrimaryLost' });
    expect(decision.nextMs).toBe(4000);
    expect(controller.decide(lookAt(failing, { due: false }))).toEqual({});

    const well = after(failing, controller.decide(lookAt(failing)));
    expect(stringAt(well, 'status', 'phase')).toBe('Available');
    expect(healthOf(well).status).toBe('healthy');
    expect(stringAt(well, 'status', 'primary')).not.toBe(stringAt(object, 'status', 'primary'));
  });

  it('keeps its primary otherwise', () => {
    const measured = after(object, controller.decide(lookAt(object, { random: lucky })));
    expect(stringAt(measured, 'status', 'phase')).toBe('Available');
    expect(stringAt(measured, 'status', 'primary')).toBe(stringAt(object, 'status', 'primary'));
  });
});
