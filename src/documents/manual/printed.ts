import { indexOf, type Manual, type ManualEntry, meetPayload, said, spoken } from '../../domain/manual.ts';
import { moneyOf } from '../../domain/money.ts';
import { formatMoney } from '../../domain/money-text.ts';
import { formatDay, inZone } from '../../domain/time.ts';
import { fill, type Lang, type Text, type Values } from '../../text/text.ts';
import type { ManualInput, ManualWords, Picture } from '../../usecases/manual-ports.ts';

/** A text with the language that it is in. */
export interface Line {
  readonly lang: Lang;
  readonly text: string;
}

export interface Section {
  readonly heading: string;
  readonly paragraphs: readonly Line[];
}

/** The page of one project, ready to be set in any format. */
export interface Sheet {
  readonly code: string;
  readonly field: string;
  readonly titles: readonly Line[];
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly sections: readonly Section[];
  /** Label and value of how the team is reached; null: it keeps that to the judges. */
  readonly contact: { readonly label: string; readonly value: string } | null;
  readonly pictures: readonly Picture[];
  /** Where its code leads; null: there is no code. */
  readonly link: string | null;
}

/** An edition in words, the same for every format. */
export interface Printed {
  readonly lang: Lang;
  /** What it is called where there is room for one line. */
  readonly name: string;
  readonly event: string;
  readonly titles: readonly Line[];
  readonly subtitles: readonly Line[];
  readonly texts: readonly Line[];
  /** Event, days and place, on the cover. */
  readonly about: readonly string[];
  readonly edition: string;
  readonly contents: string;
  readonly index: string;
  readonly meet: string;
  readonly cut: string;
  readonly fields: readonly { readonly name: string; readonly sheets: readonly Sheet[] }[];
  readonly organizations: readonly { readonly organization: string; readonly codes: readonly string[] }[];
}

/** Says things in the languages of an edition. */
class Voice {
  private readonly manual: Manual;

  constructor(manual: Manual) {
    this.manual = manual;
  }

  /** Lines in each language; one where both say the same. */
  lines(words: Text): Line[] {
    return [...said(words, this.manual.langs)];
  }

  /** A label or a value, in one line. */
  word(words: Text, values: (lang: Lang) => Values = () => ({}), between = ' '): string {
    const all = spoken(this.manual.langs).map((lang) => fill(words, lang, values(lang)));
    return [...new Set(all)].join(between);
  }

  /** Names in one line, set apart. */
  name(words: Text): string {
    return this.lines(words)
      .map(({ text }) => text)
      .join(' · ');
  }
}

/** Puts an edition into words. */
export function printed({ manual, pictures, publicUrl }: ManualInput, words: ManualWords): Printed {
  const voice = new Voice(manual);
  const { event, cover } = manual;
  const titled = cover.title.zh !== '' || cover.title.en !== '';
  const titles = voice.lines(titled ? cover.title : words.manual);
  const pictureOf = new Map(pictures.map((one) => [one.ref, one]));
  const linkOf = ({ number }: ManualEntry) => publicUrl && meetUrl(publicUrl, event.id, number);
  const [lang] = spoken(manual.langs);
  return {
    lang,
    name: titles.map(({ text }) => text).join(' · '),
    event: event.title[lang],
    titles,
    subtitles: voice.lines(cover.subtitle),
    texts: voice.lines(cover.text),
    about: [
      ...voice.lines(event.title).map(({ text }) => text),
      daysOf(manual, words).join(' · '),
      voice.name(event.place),
    ],
    edition: voice.word(words.edition, (one) => editionValues(manual, one), ' / '),
    contents: voice.word(words.contents),
    index: voice.word(words.index),
    meet: voice.word(words.meet),
    cut: voice.word(words.cut),
    fields: manual.fields.map(({ name, entries }) => ({
      name: voice.name(name),
      sheets: entries.map((entry) =>
        sheetOf(entry, {
          voice,
          words,
          field: voice.name(name),
          pictures: entry.images.flatMap(({ ref }) => pictureOf.get(ref) ?? []),
          link: linkOf(entry),
        }),
      ),
    })),
    organizations: indexOf(manual).map(({ organization, entries }) => ({
      organization,
      codes: entries.map(({ code }) => code),
    })),
  };
}

/** Where the code on the page of a project leads: to the chat, which shows it and its team. */
export function meetUrl(publicUrl: string, event: string, number: number): string {
  const url = new URL(publicUrl);
  url.searchParams.set('start', meetPayload(event, number));
  return url.href;
}

const editionValues = ({ number, takenAt, event }: Manual, lang: Lang): Values => ({
  number,
  date: formatDay(new Date(takenAt), event.zone, lang),
});

function daysOf({ event, langs }: Manual, words: ManualWords): string[] {
  const [from, to] = [new Date(event.startsAt), new Date(event.endsAt)];
  const isOneDay = inZone(from, event.zone).hasSame(inZone(to, event.zone), 'day');
  return spoken(langs).map((lang) => {
    const [first, last] = [formatDay(from, event.zone, lang), formatDay(to, event.zone, lang)];
    return isOneDay ? first : fill(words.days, lang, { from: first, to: last });
  });
}

interface SheetParts {
  readonly voice: Voice;
  readonly words: ManualWords;
  readonly field: string;
  readonly pictures: readonly Picture[];
  readonly link: string | null;
}

function sheetOf(entry: ManualEntry, { voice, words, field, pictures, link }: SheetParts): Sheet {
  const { track, applicant, stage, contact } = entry;
  const fact = (label: Text, value: string | null) => (value ? [{ label: voice.word(label), value }] : []);
  const section = (label: Text, paragraphs: readonly Line[]) =>
    paragraphs.length > 0 ? [{ heading: voice.word(label), paragraphs }] : [];
  const reached = [contact.name, contact.phone, contact.email].filter((one) => one !== null);
  return {
    code: entry.code,
    field,
    titles: voice.lines(entry.title),
    facts: [
      ...fact(words.organization, entry.organization),
      ...fact(words.applicant, applicant && voice.name(words.applicants[applicant])),
      ...fact(words.stage, stage && voice.name(words.stages[stage])),
      ...fact(
        words.track,
        track &&
          fill(words.placed, voice.lines(track.name)[0]?.lang ?? 'zh', {
            track: voice.name(track.name),
            place: track.place,
          }),
      ),
    ],
    sections: [
      ...section(words.summary, voice.lines(entry.summary)),
      ...entry.passages.flatMap(({ part, text }) =>
        section(
          words.passages[part],
          part === 'capital' ? sums(text, voice) : [{ lang: languageOf(text), text }],
        ),
      ),
    ],
    contact: reached.length > 0 ? { label: voice.word(words.contact), value: reached.join(' · ') } : null,
    pictures,
    link,
  };
}

/** A stored sum as each language writes it; anything else as it stands. */
function sums(text: string, voice: Voice): Line[] {
  const money = moneyOf(text);
  if (!money) return [{ lang: languageOf(text), text }];
  return [{ lang: 'zh', text: voice.name({ zh: formatMoney(money, 'zh'), en: formatMoney(money, 'en') }) }];
}

/** A text that nobody named the language of. */
const languageOf = (text: string): Lang => (/\p{Script=Han}/u.test(text) ? 'zh' : 'en');
