import { describe, expect, it } from 'vitest';
import { tellReport } from '../../flows/notice-report.ts';
import type { Notice, Progress } from '../../src/domain/notice.ts';
import type { Lang } from '../../src/text/text.ts';
import type { Report } from '../../src/usecases/report-notice.ts';
import { later } from '../domain/examples.ts';
import { aNotice } from '../support/notices.ts';
import { event, facts, NOW } from './guest.ts';

const FILE = { kind: 'stored', id: 'file', name: 'notice-N3-report.xlsx', type: 'application/x' } as const;
const NOTHING: Progress = { total: 0, sent: 0, unknown: 0, failed: 0, skipped: 0, remaining: 0, causes: {} };

function report(notice: Partial<Notice>, progress: Partial<Progress>, given: Partial<Report> = {}): Report {
  const counted = { ...NOTHING, ...progress };
  const whole = aNotice({ number: 3, beganAt: later(NOW, -10), ...notice });
  return {
    notice: whole,
    event: event('fair'),
    progress: counted,
    failures: {},
    receipts: 0,
    eta: undefined,
    listed: counted.total,
    file: FILE,
    ...given,
  };
}

const context = (lang: Lang) => ({ facts: facts([]), answers: {}, lang });
const tell = (data: Report, lang: Lang) => tellReport({ ok: true, data }, context(lang)).replies;
const receipt = { content: { ...aNotice().content, buttons: ['receipt'] } } as const;

describe('the report of a notice, as it is told', () => {
  const ended = report(
    { state: 'done', endedAt: later(NOW, -7), ...receipt },
    {
      total: 120,
      sent: 100,
      failed: 12,
      unknown: 3,
      skipped: 5,
      causes: { blocked: 9, not_found: 3, unsubscribed: 5 },
    },
    { failures: { blocked: 9, not_found: 3 }, receipts: 80 },
  );

  it('has every figure, the table, and what can still be done', () => {
    expect(tell(ended, 'en')).toEqual([
      {
        kind: 'file',
        text: [
          'Report of notice N3:',
          'Event: Matchmaking fair',
          'For: registered guests',
          'Began: Sun, 10 May 2026 09:50 (Asia/Shanghai)',
          'Ended: Sun, 10 May 2026 09:53 (Asia/Shanghai)',
          '120 readers',
          'Sent: 100',
          'Confirmed: 80 of 100',
          'Failed: 12 (blocked by the reader 9, account not found 3)',
          'Unknown: 3 (may have arrived)',
          'Skipped: 5 (unsubscribed 5)',
          'Took: 3 minutes',
        ].join('\n'),
        file: FILE,
        choices: [
          { value: 'notice N3 resend unknown', label: 'Resend what is unknown' },
          { value: 'notice N3 resend failed', label: 'Resend what failed' },
          { value: 'notice N3 escalate', label: 'Follow up with those who have not confirmed' },
        ],
      },
    ]);
  });

  it('reads as well in Chinese', () => {
    const [reply] = tell(ended, 'zh');
    expect(reply?.text).toBe(
      [
        '通知 N3 的报告：',
        '活动：成果对接会',
        '发给：已报名嘉宾',
        '开始：2026年5月10日周日 09:50（Asia/Shanghai）',
        '结束：2026年5月10日周日 09:53（Asia/Shanghai）',
        '应发 120 人',
        '已发送：100',
        '确认收到：80（共发送 100）',
        '失败：12（对方已屏蔽 9、账号不存在 3）',
        '结果未知：3（可能已送达）',
        '跳过：5（已退订 5）',
        '用时：3 分钟',
      ].join('\n'),
    );
    expect(reply?.choices?.map(({ label }) => label)).toEqual([
      '重发结果未知的',
      '重发失败的',
      '催促未确认的人',
    ]);
  });

  it('offers nothing where nothing is left to do, and says nothing of what did not happen', () => {
    const all = report({ state: 'done', endedAt: NOW, ...receipt }, { total: 1, sent: 1 }, { receipts: 1 });
    const [reply] = tell(all, 'en');
    expect(reply).not.toHaveProperty('choices');
    expect(reply?.text.split('\n').slice(5)).toEqual([
      '1 reader',
      'Sent: 1',
      'Confirmed: 1 of 1',
      'Took: 10 minutes',
    ]);
  });

  it('tells while it runs what is to go, and how long', () => {
    const half = report(
      { state: 'running', ...receipt },
      { total: 40, sent: 20, remaining: 20 },
      { eta: 600 },
    );
    const [reply] = tell(half, 'zh');
    expect(reply?.text.split('\n').slice(-3)).toEqual(['剩余：20', '已用时：10 分钟', '预计还需：10 分钟']);
    expect(reply).not.toHaveProperty('choices');
  });

  it('does not ask for confirmations that the notice has no button for', () => {
    const [reply] = tell(report({ state: 'done', endedAt: NOW }, { total: 2, sent: 2 }), 'en');
    expect(reply?.text).not.toContain('Confirmed');
    expect(reply).not.toHaveProperty('choices');
  });

  it('says when the table is not whole', () => {
    const [reply] = tell(
      report({ state: 'done' }, { total: 60_000, sent: 60_000 }, { listed: 50_000 }),
      'zh',
    );
    expect(reply?.text).toContain('表格只列出前 50000 行');
  });

  it.each([
    ['unknown-notice', 'That notice was not found.', '没有找到这条通知'],
    ['not-allowed', 'Please ask an owner', '请联系管理员'],
    ['not-started', 'Notice N3 has not begun to be sent', '通知 N3 还没有开始发送'],
  ])('says why there is none: %s', (reason, en, zh) => {
    const refused = { ok: false as const, reason, data: { number: 3 } };
    expect(tellReport(refused, context('en')).replies[0]?.text).toContain(en);
    expect(tellReport(refused, context('zh')).replies[0]?.text).toContain(zh);
  });
});
