export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A message as the protocol of the web chat gives it. */
export interface Message {
  readonly seq: number;
  readonly kind: string;
  readonly text: string;
  readonly flow?: string;
  readonly question?: string;
  readonly prompt?: string;
  readonly choices?: readonly Choice[];
  readonly multi?: true;
  readonly file?: { readonly url: string; readonly name: string; readonly type: string };
}

/** A guest of the web chat, speaking its protocol over HTTP as any program could. */
export class Guest {
  readonly heard: Message[] = [];
  readonly url: string;
  readonly token: string;
  readonly person: string;
  readonly lang: 'zh' | 'en';
  private said = 0;

  private constructor(url: string, lang: 'zh' | 'en', token: string, person: string) {
    this.url = url;
    this.lang = lang;
    this.token = token;
    this.person = person;
  }

  static async arrive(url: string, lang: 'zh' | 'en' = 'en'): Promise<Guest> {
    const response = await fetch(`${url}/api/chat/session`, {
      method: 'POST',
      body: JSON.stringify({ lang }),
    });
    if (response.status !== 201)
      throw new Error(`expected 201, received ${response.status}: ${await response.text()}`);
    const { token, person } = (await response.json()) as { token: string; person: string };
    return new Guest(url, lang, token, person);
  }

  /** The same visitor after a reload or a restart of the house, who remembers only the token. */
  again(url = this.url): Guest {
    const guest = new Guest(url, this.lang, this.token, this.person);
    guest.heard.push(...this.heard);
    guest.said = this.said;
    return guest;
  }

  get last(): Message {
    const last = this.heard.at(-1);
    if (!last) throw new Error('expected to have heard something, received nothing');
    return last;
  }

  nextId(): string {
    return `m${++this.said}`;
  }

  async post(body: unknown): Promise<Response> {
    return fetch(`${this.url}/api/chat/messages`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
        'accept-language': this.lang,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** Replies after what was heard so far; waits for them up to `wait` seconds. */
  async listen(wait = 10): Promise<Message[]> {
    const after = this.heard.at(-1)?.seq ?? 0;
    const response = await fetch(`${this.url}/api/chat/messages?after=${after}&wait=${wait}`, {
      headers: { authorization: `Bearer ${this.token}` },
    });
    if (response.status !== 200)
      throw new Error(`expected 200, received ${response.status}: ${await response.text()}`);
    const { messages } = (await response.json()) as { messages: Message[] };
    this.heard.push(...messages);
    return messages;
  }

  /** Sends a message and hears the replies to it. */
  private async exchange(body: object): Promise<Message[]> {
    const response = await this.post({ id: this.nextId(), ...body });
    if (response.status !== 202)
      throw new Error(`expected 202, received ${response.status}: ${await response.text()}`);
    return this.listen();
  }

  start(payload = ''): Promise<Message[]> {
    return this.exchange({ start: payload });
  }

  say(text: string): Promise<Message[]> {
    return this.exchange({ text });
  }

  /** Presses a choice of the latest asking by its value. */
  press(value: string): Promise<Message[]> {
    return this.pressWhere(value, (choice) => choice.value === value);
  }

  /** Presses a choice of the latest asking by what stands on it. */
  pressLabel(label: string): Promise<Message[]> {
    return this.pressWhere(label, (choice) => choice.label === label);
  }

  private pressWhere(what: string, is: (choice: Choice) => boolean): Promise<Message[]> {
    const asking = this.heard.findLast(({ choices }) => choices?.some(is));
    const index = asking?.choices?.findIndex(is) ?? -1;
    if (!asking?.prompt || index < 0)
      throw new Error(`expected a choice "${what}", received ${JSON.stringify(this.last)}`);
    return this.exchange({ pick: { prompt: asking.prompt, index } });
  }

  async sendFile(name: string, bytes: string | Uint8Array<ArrayBuffer> = '%PDF-1.7'): Promise<Message[]> {
    const form = new FormData();
    form.set('id', this.nextId());
    form.set('file', new File([bytes], name, { type: 'application/pdf' }));
    const headers = { authorization: `Bearer ${this.token}` };
    const response = await fetch(`${this.url}/api/chat/messages`, { method: 'POST', headers, body: form });
    if (response.status !== 202) throw new Error(`expected 202, received ${response.status}`);
    return this.listen();
  }
}

export type Answers = Readonly<Record<string, string>>;

/** Answers for the form's questions by id; a value that is a choice is pressed, any other is typed. */
export const ANSWERS: Answers = {
  language: 'en',
  name: 'Guest of honour',
  organization: 'University Office',
  kind: 'guest',
  attendance: 'onsite',
  sessions: '1',
  party: '1',
  'hall-full': 'wait',
  'sessions-full': 'wait',
  phone: 'skip',
  email: 'skip',
  consent: 'agree',
};

/** Answers whatever is asked until the review, or until `stopAt` is asked. */
export async function fillIn(guest: Guest, answers: Answers = ANSWERS, stopAt = '$review'): Promise<void> {
  for (let turns = 0; turns < 40; turns++) {
    const { question, choices } = guest.last;
    if (question === stopAt) return;
    if (!question) throw new Error(`expected a question, received ${JSON.stringify(guest.last)}`);
    const answer =
      answers[question] ?? (question.startsWith('own-') ? (choices ? '1' : 'An answer') : undefined);
    if (answer === undefined) throw new Error(`expected an answer for "${question}", received none`);
    await (choices?.some(({ value }) => value === answer) ? guest.press(answer) : guest.say(answer));
  }
  throw new Error('expected the form to end within 40 turns');
}

/** A whole registration for an event; returns the replies to its confirmation. */
export async function register(guest: Guest, event: string, answers: Answers = ANSWERS): Promise<Message[]> {
  await guest.start(event);
  await fillIn(guest, answers);
  return guest.press('confirm');
}
