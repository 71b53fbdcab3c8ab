import type { Text } from '../text/text.ts';

/** What the engine itself says, whatever the flow. */
export const TEXTS = {
  unseen: {
    zh: '您发这条消息时还没看到下面这个问题，所以没有采用：“{said}”。',
    en: 'You sent “{said}” before you could see the question below, so I did not use it.',
  },
  answered: {
    zh: '“{label}”已经答过：{answer}。要改请发送“返回”。',
    en: '“{label}” is already answered: {answer}. To change it, send “back”.',
  },
  expired: { zh: '这个按钮已失效，没有做任何改动。', en: 'That button has expired; nothing was changed.' },
  chooseOne: {
    zh: '没有看懂“{said}”。请点选一项，或回复序号 1–{count}，例如 1。',
    en: 'I did not understand “{said}”. Please tap a choice or reply with its number, 1–{count}, for example 1.',
  },
  chooseMany: {
    zh: '没有看懂“{said}”。可选一项或多项：回复序号 1–{count}，例如“1 3”。',
    en: 'I did not understand “{said}”. Choose one or more: reply with their numbers, 1–{count}, for example “1 3”.',
  },
  empty: { zh: '收到的是一条空消息。请用文字回答。', en: 'That message was empty. Please answer in words.' },
  noFile: {
    zh: '这里需要文字回答，文件“{name}”没有保存。请把内容打成文字发来。',
    en: 'A written answer is needed here; the file “{name}” was not kept. Please type your answer.',
  },
  noFileNow: {
    zh: '现在没有需要文件的事项，“{name}”没有保存。',
    en: 'Nothing needs a file just now, so “{name}” was not kept.',
  },
  noSkip: { zh: '这一项是必填的，不能跳过。', en: 'This one is needed and cannot be skipped.' },
  noBack: { zh: '这已经是第一个问题了。', en: 'This is the first question already.' },
  helpInForm: {
    zh: '正在填写：{title}。“返回”改上一项，“跳过”略过选填项，“取消”停止填写。已填的内容都已保存。',
    en: 'You are filling in: {title}. “back” changes the last answer, “skip” passes an optional one, “cancel” stops. Everything you have entered is saved.',
  },
  stopped: {
    zh: '已停止填写：{title}。什么都没有提交。改变主意的话，发送“继续”即可接着填。',
    en: 'Stopped: {title}. Nothing was submitted. Changed your mind? Send “resume” to go on where you were.',
  },
  nothingToStop: { zh: '现在没有正在填写的内容。', en: 'There is nothing being filled in just now.' },
  nothingToResume: { zh: '没有可以继续的内容。', en: 'There is nothing to go on with.' },
  parked: {
    zh: '“{title}”先放到一边，已填的都保留；发送“继续”即可回去。',
    en: 'I have put “{title}” aside with all your answers; send “resume” to return to it.',
  },
  resumed: { zh: '继续填写：{title}。', en: 'Going on with: {title}.' },
  stillParked: {
    zh: '还有没填完的：{title}。发送“继续”即可接着填。',
    en: 'You still have this to finish: {title}. Send “resume” to go on.',
  },
  nudge: {
    zh: '您还有没填完的：{title}。已填的内容都在，点“继续”接着填；7 天后会清除。',
    en: 'You have not finished: {title}. Your answers are kept; tap “Continue” to go on. They are deleted after 7 days.',
  },
  gone: {
    zh: '“{title}”长时间没有填完，已填的内容已清除。需要时可以重新开始。',
    en: '“{title}” was not finished for a long time, so its answers have been deleted. You can start again whenever you like.',
  },
  fault: {
    zh: '抱歉，刚才那条消息没有处理成功，已通知维护人员。之前的内容都还在，请换个说法再发一次。',
    en: 'Sorry, that last message could not be processed; the maintainers have been told. Everything before it is kept: please try again in other words.',
  },
  wait: { zh: '正在处理，马上就好。', en: 'Working on it, one moment please.' },
  reviewHint: {
    zh: '请点选，或回复序号 1–{count}，例如 1 确认。',
    en: 'Please tap a choice or reply with its number, 1–{count}; for example 1 to confirm.',
  },
  optional: { zh: '（选填，可回复“跳过”）', en: ' (optional; reply “skip” to pass)' },
  changed: {
    zh: '有一项答案已不再有效，请再回答一次。',
    en: 'One of your answers is no longer valid; please answer it again.',
  },
  edit: { zh: '修改：{label}', en: 'Change: {label}' },
  cancel: { zh: '取消', en: 'Cancel' },
  done: { zh: '选好了', en: 'Done' },
  skip: { zh: '跳过', en: 'Skip' },
  resume: { zh: '继续', en: 'Continue' },
  blank: { zh: '（未填）', en: '(none)' },
  line: { zh: '{label}：{answer}', en: '{label}: {answer}' },
} as const satisfies Record<string, Text>;
