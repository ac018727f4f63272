import { fold } from './fold.ts'

/** What wordings and texts are compared by: folded, without blanks, joining words and the marks that set a name apart. */
export const bare = (text: string): string => fold(text).replace(/[\s“”‘’"'《》「」〈〉()[\]*_·]|以及|[和及与]/g, '')

/** 播放《…》、《…》等科教片31部: what is listed by name is what is counted, not another thing. Takes folded text. */
export const withoutLists = (text: string): string =>
  text
    .replace(/(?:[“"'《][^“”"'《》]{1,40}[”"'》][、和及与]?)+等/g, '')
    .replace(/(?:^|[、和及与])[^、和及与等]{1,12}(?:[、和及与][^、和及与等]{1,12})+等/g, '')
