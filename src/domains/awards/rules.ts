import { rule } from '../../kernel/records/rule.ts'

/** Days that a nomination is open to objections. */
const PUBLIC_DAYS = 7
/** Reviews that a prize takes. */
const REVIEWS = 3

const daysFrom = (from: string, until: string) => (Date.parse(until) - Date.parse(from)) / 86_400_000

export const rules = [
  rule('awards.reviewed', {
    zh: '专家评审后才能公示',
    en: 'Publicised after review',
    type: 'awards.nomination',
    reads: { reviews: { of: 'reviews.review', via: 'nomination' } },
    check: ({ state, fields }, { reviews }) => {
      if (state !== 'publicised' && state !== 'awarded') return []
      const { publicFrom, publicUntil } = fields
      const shown = typeof publicFrom === 'string' && typeof publicUntil === 'string'
      return [
        ...(reviews!.length >= REVIEWS
          ? []
          : [
              {
                field: 'title',
                code: 'not-reviewed',
                zh: `至少要有${REVIEWS}名专家的评审意见`,
                en: `It takes the reviews of ${REVIEWS} experts`,
              },
            ]),
        ...(shown && daysFrom(publicFrom, publicUntil) >= PUBLIC_DAYS
          ? []
          : [
              {
                field: 'publicUntil',
                code: 'too-short',
                zh: `公示期不少于${PUBLIC_DAYS}天`,
                en: `It is publicised for ${PUBLIC_DAYS} days at least`,
              },
            ]),
      ]
    },
  }),
  rule('awards.publicised', {
    zh: '公示期满后才能授奖',
    en: 'Granted after publicity',
    type: 'awards.award',
    reads: { nominations: { by: 'nomination' } },
    check: (now, { nominations }) =>
      nominations!.every(
        ({ state, fields }) => (state === 'publicised' || state === 'awarded') && String(fields.publicUntil) < now.day,
      )
        ? []
        : [{ field: 'awardedOn', code: 'not-publicised', zh: '公示期还没有满', en: 'Publicity has not ended' }],
  }),
]
