import type { Call } from '../../domain/call.ts';
import type { Event, EventSession } from '../../domain/event.ts';
import type { ExtraQuestion } from '../../domain/questions.ts';
import type { ReminderRule } from '../../domain/reminder.ts';
import { writeLead, writeMoment } from './moment.ts';
import { defaultId } from './reminders.ts';
import { printYaml } from './yaml.ts';

const HEADER = ` 活动文件 · Event file
 导入 import: npm run event -- import FILE.yaml
 
 时间均为 zone 所在时区的当地时间：2026-11-27 09:00；只写 09:00 即活动开始当天（场次结束时间：该场次开始当天）。
 也可写相对时间：+7d 09:00（7 天后 9 点）、+75m 或 +2h（从现在起，进到 5 分钟）。
 Times are local to zone: 2026-11-27 09:00; 09:00 alone is on the day that the event starts (the end of a
 session: on the day that it starts). Or relative: +7d 09:00 (in 7 days at 9), +75m or +2h (from now, rounded
 up to 5 minutes).
 
 提醒 reminders: { before: 7d }, { before: 1h30m }, { daysBefore: 1, at: "18:00" }; of: session 按场次提醒 for
 each session. 文本须有中英文 texts need both languages: { zh: …, en: … }. capacity 不写即不限 left out: no limit.
 call: 征集项目，其中的提醒相对 closesAt calls for projects, its reminders are before closesAt.
 takesGuests: false 不接受嘉宾报名 nobody can register as a guest.`;

/** The event as a YAML file that parses back to the same event, for people to read and edit. */
export function printEventFile(event: Event | Omit<Event, 'id'>): string {
  return printYaml(fileOf(event), HEADER);
}

function fileOf(event: Event | Omit<Event, 'id'>): Record<string, unknown> {
  const { zone } = event;
  return present({
    office: event.office,
    code: event.code,
    status: event.status,
    title: event.title,
    place: event.place,
    description: event.description,
    zone,
    languages: event.languages,
    startsAt: writeMoment(event.startsAt, zone),
    endsAt: writeMoment(event.endsAt, zone),
    registrationOpensAt: event.registrationOpensAt && writeMoment(event.registrationOpensAt, zone),
    registrationClosesAt: event.registrationClosesAt && writeMoment(event.registrationClosesAt, zone),
    attendance: event.attendance,
    kinds: event.kinds,
    capacity: event.capacity,
    maxParty: event.maxParty,
    offerHours: event.offerHours,
    phone: event.phone,
    email: event.email,
    onlineLink: event.onlineLink,
    contact: event.contact,
    privacy: event.privacy,
    sessions: event.sessions.map((session) => sessionOf(session, zone)),
    questions: event.questions.map(questionOf),
    reminders: event.reminders.map(reminderOf),
    takesGuests: event.takesGuests ? null : false,
    call: event.call && callOf(event.call, zone),
  });
}

function callOf(call: Call, zone: string): Record<string, unknown> {
  return present({
    ...call,
    opensAt: call.opensAt && writeMoment(call.opensAt, zone),
    closesAt: writeMoment(call.closesAt, zone),
    questions: call.questions.map(questionOf),
    tracks: call.tracks.map(present),
    reminders: call.reminders.map(reminderOf),
    roadshow: {
      ...call.roadshow,
      rules: { ...call.roadshow.rules, trimFrom: call.roadshow.rules.trimFrom ?? 0 },
    },
  });
}

function sessionOf(session: EventSession, zone: string): Record<string, unknown> {
  const { code, title, venue, capacity } = session;
  const startsAt = writeMoment(session.startsAt, zone);
  const endsAt = writeMoment(session.endsAt, zone);
  return present({ code, title, venue, startsAt, endsAt, capacity });
}

function questionOf({ id, kind, ask, label, optional, ...rest }: ExtraQuestion): Record<string, unknown> {
  return { id, kind, ask, label, optional, ...rest };
}

function reminderOf(rule: ReminderRule): Record<string, unknown> {
  const when =
    rule.kind === 'before' ? { before: writeLead(rule) } : { daysBefore: rule.daysBefore, at: rule.time };
  const id = rule.id === defaultId(rule) ? null : rule.id;
  return present({ id, ...when, of: rule.of === 'session' ? rule.of : null });
}

/** Without what is not set. */
function present(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
