import type { Clock } from '../clock.ts';
import type { Answer, ApiRequest, Reply } from '../http/answer.ts';
import { createGate } from '../http/gate.ts';
import type { Random } from '../random.ts';
import { checkFault } from './fault-check.ts';
import { faultEffect, type FaultEffect } from './fault-effect.ts';
import { meets, targetOf, type FaultTarget } from './fault-target.ts';
import type { AddedFault, Fault } from './fault.ts';
import { openWatch, type OpenWatch } from './open-watch.ts';

/** The faults that are put in: a laboratory for clients. */
export interface Faults {
  /**
   * Puts one in: it meets the requests that come from now on and the watches that are open, each
   * as if it began now (an answer's code can no longer be changed then). Several act one after
   * the other, in the order in which they were added. Throws a TypeError for what is no fault.
   */
  add(fault: Fault): AddedFault;
  /** Removes all of them. */
  clear(): void;
}

/** The side of {@link Faults} that stands between the requests and who answers them. */
export interface FaultLayer extends Faults {
  answer(request: ApiRequest, next: () => Promise<Answer>): Promise<Reply>;
}

interface ActiveFault extends AddedFault {
  readonly effect: FaultEffect;
  /** Counts a matching request, and says whether it is met. */
  meet(target: FaultTarget): boolean;
}

/** `random` is drawn from for probabilities alone, so that faults change no uid. */
export function createFaults(clock: Clock, random: Random): FaultLayer {
  const active = new Set<ActiveFault>();
  const open = new Set<OpenWatch>();

  function activate(fault: Fault): ActiveFault {
    const presence = createGate();
    presence.freeze();
    const counter = createCounter(fault, random);
    const added: ActiveFault = {
      effect: faultEffect(fault, clock, presence),
      get hits() {
        return counter.hits;
      },
      meet: (target) => meets(fault, target) && counter.count(),
      remove() {
        active.delete(added);
        presence.thaw();
      },
    };
    return added;
  }

  return {
    add(fault) {
      checkFault(fault);
      const added = activate(fault);
      active.add(added);
      for (const watch of open) {
        if (added.effect.stream !== undefined && added.meet(watch.target)) {
          watch.change(added.effect.stream());
        }
      }
      return added;
    },
    clear() {
      for (const fault of active) fault.remove();
    },
    async answer(request, next) {
      const target = targetOf(request);
      const met: FaultEffect[] = [];
      for (const fault of active) {
        if (!fault.meet(target)) continue;
        const reply = await fault.effect.before?.(target);
        if (reply !== undefined) return reply;
        met.push(fault.effect);
      }
      const answer = await next();
      if (answer.kind === 'stream') {
        const faults = met.flatMap((effect) => effect.stream?.() ?? []);
        return openWatch(answer, target, open, faults);
      }
      let reply: Reply = answer;
      for (const effect of met) {
        if (reply.kind === 'body') reply = effect.body?.(reply) ?? reply;
      }
      return reply;
    },
  };
}

const CHANCES = 2 ** 32;

/** Which of the matching requests are met. */
function createCounter(
  { after = 0, times = Infinity, probability = 1 }: Fault,
  random: Random,
): { readonly hits: number; count(): boolean } {
  let passed = 0;
  let hits = 0;
  return {
    get hits() {
      return hits;
    },
    count() {
      if (passed < after) {
        passed += 1;
        return false;
      }
      if (hits >= times) return false;
      if (probability < 1 && random.below(CHANCES) >= probability * CHANCES) return false;
      hits += 1;
      return true;
    },
  };
}
