import { describe, expect, it } from 'vitest';
import { isSameOrganization, namesOrganization, organizationKey } from '../../src/domain/review.ts';

describe('an organization', () => {
  it.each([
    ['清华大学', '清华'],
    ['成都市某某科技有限公司', '成都市某某科技'],
    ['Institute of Thermal Engineering', 'thermal engineering'],
    ['ＡＣＭＥ　Co., Ltd.', 'Acme'],
    ['The Energy Lab', 'ENERGY laboratory'],
  ])('“%s” is the same as “%s”', (one, other) => expect(isSameOrganization(one, other)).toBe(true));

  it.each([
    ['清华大学', '北京大学'],
    ['Acme', 'Acme Energy'],
    ['', ''],
    ['...', '!!!'],
  ])('“%s” is another than “%s”', (one, other) => expect(isSameOrganization(one, other)).toBe(false));

  it('that is named by its form alone keeps it', () => {
    expect(organizationKey('Institute')).toBe('institute');
    expect(isSameOrganization('Institute', 'University')).toBe(false);
  });

  it('is found in a note, unless it is too short to tell', () => {
    expect(namesOrganization('热能工程系 审核组', '热能工程系')).toBe(true);
    expect(namesOrganization('the energy group', 'ABC Ltd')).toBe(false);
    expect(namesOrganization('审核组', '')).toBe(false);
  });
});
