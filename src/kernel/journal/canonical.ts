import { hash } from 'node:crypto'

// Canonical JSON itself runs in a browser too; hashing there goes another way.
export { canonical } from './canonical-json.ts'

export const sha256 = (content: string | Uint8Array): Buffer => hash('sha256', content, 'buffer')
export const sha256Hex = (content: string | Uint8Array): string => hash('sha256', content, 'hex')
