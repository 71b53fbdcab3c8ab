import type { Text } from '../text/text.ts';
import type { OTHERS } from './types.ts';

/** What cannot be read, by name. */
export const OTHER_NAMES: Readonly<Record<(typeof OTHERS)[number], Text>> = {
  sticker: { zh: '表情', en: 'stickers' },
  voice: { zh: '语音', en: 'voice messages' },
  video: { zh: '视频', en: 'videos' },
  location: { zh: '位置', en: 'locations' },
  contact: { zh: '名片', en: 'contact cards' },
  unknown: { zh: '这种消息', en: 'messages of this kind' },
};

/** What the engine itself says, whatever the flow. Its sentences say what to do next, or stand above a question. */
export const TEXTS = {
  unseen: {
    zh: '您发“{said}”时还没有看到下面这个问题，所以没有采用，请重新回答。',
    en: 'You sent “{said}” before you could see the question below, so I did not use it. Please answer this one.',
  },
  laterAnswer: {
    zh: '情况有变，请先回答下面这一项。“{said}”还没有采用，稍后请再发一次。',
    en: 'Something has changed: please answer this one first. I did not use “{said}” yet; please send it again afterwards.',
  },
  otherFirst: {
    zh: '情况有变，请先回答下面这一项。',
    en: 'Something has changed: please answer this one first.',
  },
  reviewChanged: {
    zh: '内容刚刚有变动，还没有确认。请再核对一遍：',
    en: 'Something was changed just now, so nothing is confirmed yet. Please check once more:',
  },
  changedMeanwhile: {
    zh: '下面这一项刚刚有变动，您的回答没有采用，请重新回答。',
    en: 'What this question is about has just changed, so your answer was not used. Please answer it again.',
  },
  whichNumber: {
    zh: '不确定“{said}”指哪一条消息，所以没有采用。要选上一条消息里的选项，请点按钮或发送其中的词；要回答下面的问题，请再发一次。',
    en: 'I was not sure which message “{said}” belongs to, so I did not use it. To choose from that other message, tap a button or send its words; to answer the question below, send it again.',
  },
  answered: {
    zh: '“{label}”已经填过：{answer}。要修改可发送“返回”，也可以在最后核对时修改。',
    en: '“{label}” is already answered: {answer}. To change it, send “back”, or wait for the review at the end.',
  },
  standing: {
    zh: '目前填的是：{answer}。不修改请发送“继续”。',
    en: 'Your answer so far: {answer}. To keep it, send “continue”.',
  },
  changed: {
    zh: '情况有变，下面这一项请重新回答。',
    en: 'Something has changed, so please answer this one again.',
  },
  expired: { zh: '这个按钮已失效，没有做任何改动。', en: 'That button has expired; nothing was changed.' },
  gone: {
    zh: '这个选项刚刚有变动，已不能选，请重新选择。',
    en: 'That choice has just changed and can no longer be taken. Please choose again.',
  },
  chooseOne: {
    zh: '没有看懂“{said}”。{count, plural, =1 {请点选下面的选项，或回复 1} other {请点选一项，或回复序号 1–{count}，例如 1}}。',
    en: 'I did not understand “{said}”. {count, plural, =1 {Please tap the choice below or reply 1} other {Please tap a choice or reply with its number, 1–{count}, for example 1}}.',
  },
  chooseMany: {
    zh: '没有看懂“{said}”。可选一项或多项，请回复序号 1–{count}，例如“1 3”。',
    en: 'I did not understand “{said}”. Choose one or more: reply with their numbers, 1–{count}, for example “1 3”.',
  },
  nothingChosen: {
    zh: '还没有选择。请至少选一项，例如回复“1 3”。',
    en: 'Nothing is chosen yet. Please choose at least one, for example “1 3”.',
  },
  empty: {
    zh: '收到的是一条空消息。请回答下面的问题。',
    en: 'That message was empty. Please answer the question below.',
  },
  emptyNow: { zh: '收到的是一条空消息。', en: 'That message was empty.' },
  noFile: {
    zh: '这里需要文字回答，文件“{name}”没有保存。请把内容打成文字发来。',
    en: 'A written answer is needed here; the file “{name}” was not kept. Please type your answer.',
  },
  noFileNow: {
    zh: '现在不需要文件，“{name}”没有保存。',
    en: 'Nothing needs a file just now, so “{name}” was not kept.',
  },
  noOther: {
    zh: '暂时看不懂{name}，请用文字或序号回答。',
    en: 'I cannot read {name}. Please answer in words or with a number.',
  },
  noOtherNow: {
    zh: '暂时看不懂{name}，请用文字告诉我。',
    en: 'I cannot read {name}. Please tell me in words.',
  },
  private: {
    zh: '群里只能查询公开信息：@我并发送“日程”。报名和个人信息请私聊我，发送“报名”即可开始。',
    en: 'In a group I answer only what everybody may read: mention me with “agenda”. To register, or for anything of your own, write to me privately and send “register”.',
  },
  noSkip: { zh: '这一项必须填写，不能跳过。', en: 'This one is needed and cannot be skipped.' },
  noBack: { zh: '这已经是第一项了。', en: 'This is the first question already.' },
  helpInForm: {
    zh: '正在填写：{title}。发送“返回”可修改上一项，“跳过”可略过选填项，“取消”可停止填写。已填的内容都会保留。',
    en: 'You are filling in: {title}. Send “back” to change the last answer, “skip” to pass an optional one, “cancel” to stop. Everything you have entered is kept.',
  },
  stopped: {
    zh: '已停止填写：{title}。没有提交任何内容。改变主意的话，发送“继续”即可接着填写。',
    en: 'Stopped: {title}. Nothing was submitted. Changed your mind? Send “continue” to go on where you were.',
  },
  nothingToStop: { zh: '现在没有正在填写的内容。', en: 'There is nothing being filled in just now.' },
  nothingToResume: { zh: '没有可以继续填写的内容。', en: 'There is nothing to go on with.' },
  parked: {
    zh: '已暂时放下：{title}。填过的内容都会保留，发送“继续”即可回来接着填写。',
    en: 'Put aside with all your answers: {title}. Send “continue” later to return to it.',
  },
  resumed: { zh: '继续填写：{title}。', en: 'Going on with: {title}.' },
  stillParked: {
    zh: '您还有没填完的内容：{title}。发送“继续”即可接着填写。',
    en: 'You still have this to finish: {title}. Send “continue” to go on.',
  },
  nudge: {
    zh: '您还有没填完的内容：{title}。填过的都还在，发送“继续”即可接着填写；7 天没有填完会自动清除。',
    en: 'You have not finished: {title}. Your answers are kept; send “continue” to go on. Unfinished forms are deleted after 7 days.',
  },
  dropped: {
    zh: '超过 7 天没有填完，已清除填过的内容：{title}。需要时可以重新开始。',
    en: 'Not finished for 7 days, so its answers have been deleted: {title}. You can start again whenever you like.',
  },
  impossible: {
    zh: '目前无法继续填写：{title}。没有提交任何内容。',
    en: 'This cannot be filled in any further at present: {title}. Nothing was submitted.',
  },
  fault: {
    zh: '抱歉，刚才那条消息没有处理成功，已通知维护人员。之前的内容都还在，请换个说法再发一次。',
    en: 'Sorry, that last message could not be processed; the maintainers have been told. Everything before it is kept: please try again in other words.',
  },
  wait: { zh: '正在处理，请稍候。', en: 'Working on it, one moment please.' },
  reviewHint: {
    zh: '没有看懂“{said}”。请点选，或回复序号 1–{count}，例如回复 1 即可确认。',
    en: 'I did not understand “{said}”. Please tap a choice or reply with its number, 1–{count}; 1 is to confirm.',
  },
  editWhich: {
    zh: '要修改哪一项？请点选，或回复它的序号（1–{count}）。',
    en: 'Which answer would you like to change? Tap it, or reply with its number (1–{count}).',
  },
  optional: { zh: '（选填，可回复“跳过”）', en: ' (optional: reply “skip” to pass)' },
  edit: { zh: '修改：{label}', en: 'Change: {label}' },
  cancel: { zh: '取消', en: 'Cancel' },
  done: { zh: '选好了', en: 'Done' },
  skip: { zh: '跳过', en: 'Skip' },
  resume: { zh: '继续', en: 'Continue' },
  blank: { zh: '（未填）', en: '(none)' },
  line: { zh: '{label}：{answer}', en: '{label}: {answer}' },
} as const satisfies Record<string, Text>;
