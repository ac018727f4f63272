import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { countOf, formula } from '../../kernel/figures/indicator.ts'
import { choice, day, orgUnit, text } from '../../kernel/records/fields.ts'
import { lead } from '../../kernel/records/rule.ts'
import { recordType } from '../../kernel/records/type.ts'
import { publicNotes } from './public.ts'
import { noteStates, problemStates, topics } from './topics.ts'

// The technology page: experience and news that a unit publishes in one step, and problems of the base with who answers by when.

export const note = recordType('notes.note', {
  title: { zh: '科技网页文章', en: 'Note' },
  help: { zh: '改为“已发布”即对外公开', en: 'Public as soon as it is published' },
  day: 'writtenOn',
  fields: z.object({
    title: text({ zh: '标题', en: 'Title', max: 200 }),
    topic: choice(topics, { zh: '栏目', en: 'Topic' }),
    writtenOn: day({ zh: '日期', en: 'Written on' }),
    body: text({ zh: '正文', en: 'Text' }),
  }),
  states: { draft: ['published'], published: ['withdrawn'], withdrawn: ['published'] },
  stateTitles: noteStates,
  like: ['title'],
})

export const problem = recordType('notes.problem', {
  title: { zh: '基层问题', en: 'Problem of the base' },
  day: 'raisedOn',
  fields: z.object({
    raisedOn: day({ zh: '提出日期', en: 'Raised on' }),
    topic: choice(topics, { zh: '类别', en: 'Topic' }),
    problem: text({ zh: '问题', en: 'Problem', max: 1000 }),
    unit: orgUnit({ zh: '答复单位', en: 'Answered by' }),
    owner: text({ zh: '责任人或岗位', en: 'Owner', max: 60 }),
    dueOn: day({ zh: '答复期限', en: 'Answer due', future: true }),
    answeredOn: day({ zh: '答复日期', en: 'Answered on' }).optional(),
    answer: text({ zh: '答复', en: 'Answer', max: 2000 }).optional(),
  }),
  states: { raised: ['answered'], answered: ['raised'] },
  stateTitles: problemStates,
  check: ({ answeredOn, answer }) =>
    (answeredOn === undefined) === (answer === undefined)
      ? []
      : [{ field: 'answer', code: 'incomplete', zh: '答复和答复日期应一并填写', en: 'Give the answer with its day' }],
})

export const indicators = {
  'notes.published': countOf(note, {
    zh: '科技网页发布文章',
    en: 'Notes published',
    unit: 'article',
    by: ['topic'],
    where: { state: 'published' },
  }),
  'notes.problems': countOf(problem, { zh: '基层反映问题', en: 'Problems raised', unit: 'problem', by: ['topic'] }),
  'notes.answered': countOf(problem, {
    zh: '答复基层问题',
    en: 'Problems answered',
    unit: 'problem',
    day: 'answeredOn',
    by: ['topic'],
  }),
  'notes.answer-rate': formula('notes.problems[state=answered] / notes.problems', {
    zh: '基层问题答复率',
    en: 'Share of problems answered',
    unit: 'percent',
  }),
}

const summary = paragraph`
${sentence('', [
  '科技网页发布文章{{ notes.published }}',
  '基层反映问题{{ notes.problems }}',
  '基层问题答复率为{{ notes.answer-rate }}',
])}`

export default domain('notes', {
  zh: '信息交流',
  en: 'Notes and problems',
  types: [note, problem],
  indicators,
  paragraphs: { summary },
  operations: [publicNotes],
  leads: [
    lead('notes.write-up', {
      zh: '写成经验文章',
      en: 'Write it up',
      from: 'notes.problem',
      to: 'notes.note',
      when: ({ state }) => state === 'answered',
      fields: ({ fields: { topic, problem, answer } }) => ({
        topic,
        title: String(problem).slice(0, 200),
        body: answer,
      }),
    }),
  ],
  awaiting: [
    {
      id: 'notes.problems',
      title: { zh: '基层问题待答复', en: 'Problems to answer' },
      type: problem,
      state: ['raised'],
      due: { field: 'dueOn', days: 7 },
      until: 'answeredOn',
    },
  ],
})
