import type { Fields } from '../../kernel/records/type.ts'

/** A body's name as it is compared: the same however its brackets and blanks are written. */
const bare = (name: unknown) => String(name).normalize('NFKC').replace(/\s+/g, '')

/**
 * Why an expert may not judge what a body submits: the expert's own body or one that the expert is tied to.
 * Names count as the same when one holds the other: 甲县人民医院 and 甲县人民医院外科.
 * @returns the body that bars, or nothing
 */
export function conflict({ body, ties }: Fields, submitters: readonly unknown[]): string | undefined {
  const bodies = [body, ...((ties ?? []) as readonly { body: string }[]).map(tie => tie.body)]
  const found = bodies.find(one =>
    submitters.some(submitter => bare(submitter).includes(bare(one)) || bare(one).includes(bare(submitter))),
  )
  return found === undefined ? undefined : String(found)
}
