/** @typedef {'zh' | 'en'} Lang */
/** @typedef {keyof typeof zh} Key */

const zh = {
  title: '路演 Luyan · 活动服务',
  connecting: '正在连接…',
  online: '在线',
  offline: '连接已中断',
  offlineNote: '网络连接已中断，正在尝试恢复。未发送的消息会保留在此。',
  reconnect: '立即重连',
  skip: '跳到输入框',
  language: '语言',
  log: '对话记录',
  compose: '发送消息',
  message: '消息',
  placeholder: '请输入消息',
  hint: '按 Enter 发送，按 Shift + Enter 换行。有选项时，按向上方向键可进入选项。',
  attach: '添加文件（不超过 20 MB）',
  send: '发送',
  quick: '常用指令',
  newer: '查看新消息',
  botSays: '路演：',
  youSay: '您：',
  review: '请核对',
  card: '通知',
  zoom: '查看大图',
  image: '图片',
  picture: '图片查看',
  close: '关闭',
  download: '下载',
  sending: '发送中…',
  later: '发送较为频繁，约 {n} 秒后自动发送',
  failed: '未发送，点按重试',
  refused: '未能发送，请修改后重试。',
  lostFile: '文件未发送，请重新选择文件。',
  remove: '删除',
  edit: '修改',
  tooBig: '文件“{name}”超过 20 MB，无法发送。请压缩后重试，或改用较小的文件。',
  emptyFile: '文件“{name}”没有内容，无法发送。请检查后重新选择。',
  renewed: '原会话已失效，已为您重新开始。此前提交的报名仍然有效；如需查询，请联系主办方。',
  unavailable: '服务暂时无法使用，稍后将自动重试。',
};

/** @type {Record<Key, string>} */
const en = {
  title: 'Luyan 路演 · Event service',
  connecting: 'Connecting…',
  online: 'Online',
  offline: 'Connection lost',
  offlineNote: 'The connection was lost and is being restored. Unsent messages are kept here.',
  reconnect: 'Reconnect now',
  skip: 'Skip to the message box',
  language: 'Language',
  log: 'Conversation',
  compose: 'Send a message',
  message: 'Message',
  placeholder: 'Type a message',
  hint: 'Press Enter to send, Shift + Enter for a new line. When there are choices, the up arrow key takes you to them.',
  attach: 'Add a file (up to 20 MB)',
  send: 'Send',
  quick: 'Common commands',
  newer: 'See new messages',
  botSays: 'Luyan:',
  youSay: 'You:',
  review: 'Please check',
  card: 'Notice',
  zoom: 'Enlarge',
  image: 'Image',
  picture: 'Image viewer',
  close: 'Close',
  download: 'Download',
  sending: 'Sending…',
  later: 'Many messages in a short time; this one goes out in about {n} s',
  failed: 'Not sent. Tap to retry',
  refused: 'This could not be sent. Please change it and try again.',
  lostFile: 'The file was not sent. Please choose it again.',
  remove: 'Delete',
  edit: 'Edit',
  tooBig: 'The file “{name}” is larger than 20 MB and cannot be sent. Compress it or choose a smaller one.',
  emptyFile: 'The file “{name}” is empty and cannot be sent. Please check it and choose again.',
  renewed:
    'Your earlier session has expired, so a new one was started. Registrations already submitted remain valid; please ask the organizer about them.',
  unavailable: 'The service is not available at the moment. We will keep trying.',
};

export const STRINGS = { zh, en };

/** What the chips show and what they say to the bot. */
export const QUICK = {
  zh: [
    { label: '帮助', text: '帮助' },
    { label: '日程', text: '日程' },
    { label: '我的', text: '我的' },
  ],
  en: [
    { label: 'Help', text: 'help' },
    { label: 'Agenda', text: 'agenda' },
    { label: 'Mine', text: 'mine' },
  ],
};

export const SWITCH = { zh: '语言 中文', en: 'language en' };
export const LIST_SEPARATOR = { zh: '、', en: ', ' };
