import { canonical, sha256Hex } from './canonical.ts'

/** What a record says at one version. */
export interface Hashed {
  readonly id: string
  readonly day: string
  readonly status: string
  readonly state: string
  readonly version: number
  readonly type: string
  readonly typeVersion: number
  readonly fields: Readonly<Record<string, unknown>>
  readonly mergedInto: string | null
}

/** SHA-256, hex, of a record's canonical content. The org unit goes in by its code, which never changes. */
export const recordHash = (
  { id, day, status, state, version, type, typeVersion, fields, mergedInto }: Hashed,
  orgCode: string,
): string =>
  sha256Hex(
    canonical({
      id,
      org: orgCode,
      day,
      status,
      state,
      version,
      type,
      typeVersion,
      fields,
      ...(mergedInto ? { mergedInto } : {}),
    }),
  )
