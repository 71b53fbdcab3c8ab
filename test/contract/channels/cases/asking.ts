import { expect } from 'vitest';
import { cases } from '../case.ts';
import { answerTo, fillTo, hears } from '../talking.ts';

export const asking = cases({
  async 'asks a question and takes its answer'({ driver }) {
    const guest = await driver.guest();
    await fillTo(guest, 'What is your name?');
    await answerTo(guest, () => guest.says('Ann O’Neill'), 'Which organization are you from?');
    const [review] = await answerTo(guest, () => guest.says('back'), 'Your answer so far: Ann O’Neill');
    expect(review?.text).toContain('What is your name?');
  },

  async 'offers choices, which are made by number and in words'({ driver }) {
    const choosing = ['2', 'Enterprise', '２', 'enterprise'].map(async (answer) => {
      const guest = await driver.guest();
      const asked = await fillTo(guest, 'In which role');
      expect(asked.at(-1)?.choices).toEqual(['Guest', 'Enterprise']);
      await answerTo(guest, () => guest.says(answer), 'how your data is used');
      await answerTo(guest, () => guest.says('I agree'), 'Role: Enterprise');
    });
    await Promise.all(choosing);
  },

  async 'shows all answers, lets one be changed and registers once'({ house, driver }) {
    const guest = await driver.guest();
    const review = await fillTo(guest, 'Please check your registration');
    expect(review.at(-1)?.text).toContain('Name: Ann O’Neill\nOrganization: Innovation Office\nRole: Guest');
    await answerTo(guest, () => guest.says('change organization'), 'Which organization');
    await answerTo(guest, () => guest.says('Another office'), 'Organization: Another office');
    await answerTo(guest, () => guest.says('yes'), 'You are registered');
    const [person] = await house.app.stores.people.byAccount([guest.account]);
    const stored = await house.app.stores.registrations.byPerson([person?.id ?? '']);
    expect(stored.map(({ status, details }) => [status, details.organization])).toEqual([
      ['confirmed', 'Another office'],
    ]);
  },
});

export const pressing = cases(
  {
    async 'takes a press, and says so when a button is old'({ driver }) {
      const guest = await driver.guest();
      await fillTo(guest, 'In which role');
      await answerTo(guest, async () => guest.presses?.('Enterprise'), 'how your data is used');
      await answerTo(guest, async () => guest.presses?.('Guest'), '“Role” is already answered: Enterprise');
      await answerTo(guest, async () => guest.presses?.('I agree'), 'Role: Enterprise');
    },
  },
  ({ isNumbered }) => !isNumbered,
);

export const numbering = cases(
  {
    async 'numbers its menus, and 0 leads back'({ driver }) {
      const guest = await driver.guest();
      const [menu] = await answerTo(guest, () => guest.says('Hello'), 'events assistant');
      expect(menu?.choices.length).toBeGreaterThan(2);
      await fillTo(guest, 'In which role');
      const back = await answerTo(guest, () => guest.says('0'), 'Which organization');
      expect(back.at(-1)?.text).toContain('Your answer so far: Innovation Office');
      await hears(guest, 'To keep it, send “continue”');
    },
  },
  ({ isNumbered }) => isNumbered,
);
