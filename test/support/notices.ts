import type { Notice } from '../../src/domain/notice.ts';

/** A notice that somebody has written and nobody confirmed. */
export function aNotice(given: Partial<Notice> = {}): Notice {
  return {
    id: 'notice',
    number: 1,
    office: 'office',
    event: 'event',
    zone: 'Asia/Shanghai',
    author: 'author',
    conversation: 'web:main:author',
    content: { text: { zh: '请留意。', en: 'Please note.' }, file: null, buttons: [], link: null },
    audience: { source: { kind: 'event', event: 'event' }, where: { all: [] } },
    critical: false,
    without: [],
    startsAt: null,
    counted: 1,
    state: 'draft',
    pausedFor: null,
    cursor: '',
    total: 0,
    createdAt: new Date('2026-05-10T10:00:00+08:00'),
    beganAt: null,
    endedAt: null,
    told: null,
    history: [],
    rev: 1,
    ...given,
  };
}
