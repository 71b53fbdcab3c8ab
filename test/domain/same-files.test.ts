import { describe, expect, it } from 'vitest';
import { sameFileNote } from '../../flows/same-file.ts';
import { sameFiles } from '../../src/domain/same-files.ts';
import { aCall, aProject, parts } from '../support/projects.ts';

const file = (ref: string) => ({ ref, name: `${ref}.pdf`, type: 'application/pdf', size: 9 });
const first = aProject({
  id: 'one',
  number: 1,
  parts: parts({ deck: file('a'), 'image-1': file('a'), 'image-2': file('b'), 'image-3': null }),
});
const second = aProject({ id: 'two', number: 2, parts: parts({ deck: file('c'), 'image-1': file('gone') }) });
const SHA = new Map([
  ['a', 'x'],
  ['b', 'y'],
  ['c', 'x'],
]);

const placesOf = (key: string) =>
  sameFiles([first, second], SHA)
    .get(key)
    ?.map(({ project, part }) => `${project.id} ${part}`);

describe('the same file in two places', () => {
  it('is found by its bytes, in one project and in another', () => {
    expect(placesOf('one/deck')).toEqual(['one image-1', 'two deck']);
    expect(placesOf('two/deck')).toEqual(['one deck', 'one image-1']);
  });

  it('is none where the bytes are alone, or gone', () => {
    for (const key of ['one/image-2', 'one/image-3', 'two/image-1']) expect(placesOf(key)).toBeUndefined();
    expect(sameFiles([], SHA).size).toBe(0);
  });

  it('is told to the team in their language, by what the parts are called', () => {
    const same = sameFiles([first, second], SHA);
    const told = (key: string, project: string, lang: 'zh' | 'en') =>
      sameFileNote(same.get(key) ?? [], project, aCall(), lang);
    expect(told('one/deck', 'one', 'zh')).toBe(
      '这份文件与图片一、项目 P02 的路演材料相同。如果发错了，请重新上传。',
    );
    expect(told('one/image-1', 'one', 'en')).toBe(
      'This is the same file as Deck, Deck of P02. If that is a mistake, please send the right one.',
    );
    expect(told('one/image-2', 'one', 'en')).toBeUndefined();
  });
});
