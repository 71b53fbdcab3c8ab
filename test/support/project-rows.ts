import { type Delivery, newDelivery } from '../../src/domain/delivery.ts';
import { later } from '../domain/examples.ts';

/** A letter to a member of a project, which says its own id. */
export function rowAbout(project: string, person: string, id: string, now: Date): Delivery {
  return newDelivery({
    id,
    person,
    kind: 'own',
    hold: { project, still: 'member' },
    letter: { text: id },
    notBefore: now,
    expiresAt: later(now, 60),
  });
}
