import { DEFAULT_ROADSHOW, type Roadshow, roadshowSchema } from '../../domain/roadshow.ts';
import { type Criterion, criterionSchema } from '../../domain/rubric.ts';
import { Fields } from './fields.ts';
import { choiceCode, listOf, number, type Reader, text } from './readers.ts';

const { shape } = roadshowSchema;
const KEYS = Object.keys(shape);
const RULES = Object.keys(shape.rules.shape);
const CRITERION = Object.keys(criterionSchema.shape);

const score = number(criterionSchema.shape.max, 'a score from 0 to 1000 with at most three decimals');

const criterion: Reader<Criterion> = (source, spot) => {
  const fields = Fields.read(source, spot, CRITERION, `a criterion with ${CRITERION.join(', ')}`);
  if (!fields) return undefined;
  const read = {
    code: fields.required('code', choiceCode),
    name: fields.required('name', text),
    weight: fields.optional('weight', 1, number(criterionSchema.shape.weight)),
    min: fields.optional('min', 0, score),
    max: fields.optional('max', 100, score),
    step: fields.optional('step', 1, score),
  };
  const fitting = criterionSchema.safeParse(read);
  if (fitting.success) return fitting.data;
  if (Object.values(read).some((value) => value === undefined)) return undefined;
  return source.refuse(spot, 'expected a highest score above the lowest, and a step above 0');
};

const rules: Reader<Roadshow['rules']> = (source, spot) => {
  const fields = Fields.read(source, spot, RULES, `rules with ${RULES.join(', ')}`);
  if (!fields) return undefined;
  const usual = DEFAULT_ROADSHOW.rules;
  // 0 says: never.
  const trimFrom = fields.optional('trimFrom', usual.trimFrom ?? 0, (from, at) =>
    from.scalar(at) === 0 ? 0 : number(shape.rules.shape.trimFrom.unwrap())(from, at),
  );
  const minValid = fields.optional('minValid', usual.minValid, number(shape.rules.shape.minValid));
  return trimFrom === undefined || minValid === undefined
    ? undefined
    : { trimFrom: trimFrom || null, minValid };
};

/** How the projects of a call are shown and scored; what is left out is as usual. */
export const roadshow: Reader<Roadshow> = (source, spot) => {
  const fields = Fields.read(source, spot, KEYS, `a roadshow with ${KEYS.join(', ')}`);
  if (!fields) return undefined;
  const usual = DEFAULT_ROADSHOW;
  const read = {
    rubric: fields.optional(
      'rubric',
      usual.rubric,
      listOf(criterion, 'criteria', { min: 1, max: 10 }, { key: 'code' }),
    ),
    rules: fields.optional('rules', usual.rules, rules),
    pitch: fields.optional('pitch', usual.pitch, number(shape.pitch)),
    questions: fields.optional('questions', usual.questions, number(shape.questions)),
    changeover: fields.optional('changeover', usual.changeover, number(shape.changeover)),
    votes: fields.optional('votes', usual.votes, number(shape.votes)),
  };
  return roadshowSchema.safeParse(read).data;
};
