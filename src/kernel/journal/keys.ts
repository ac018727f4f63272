import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** A personal value as it is stored: a commitment in the record, the value encrypted beside it. */
export interface SealedValue {
  /** Hex SHA-256(salt || value). */
  readonly commitment: string
  readonly salt: Buffer
  /** nonce || ciphertext || tag, AES-256-GCM. */
  readonly cipher: Buffer
  readonly keyId: string
}

export interface Keys {
  /** First 16 hex digits of the SHA-256 of the signing key's SPKI. */
  readonly keyId: string
  /** SPKI PEM. */
  readonly publicKey: string
  sign(body: string): Buffer
  isSigned(body: string, signature: Uint8Array, keyId: string): boolean
  seal(value: string): SealedValue
  unseal(sealed: Pick<SealedValue, 'cipher' | 'keyId'>): string
  /** Keyed hash: equal texts give equal results, which tell nothing of the text. */
  blind(text: string): string
}

/** Reads the keys of a data directory, making them on first use. They never leave `<dataDir>/keys`. */
export async function loadKeys(dataDir: string): Promise<Keys> {
  const folder = join(dataDir, 'keys')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const pem = await once(join(folder, 'sign.pem'), () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  )
  const secret = await once(join(folder, 'field.key'), () => `${randomBytes(32).toString('hex')}\n`)
  return keysOf(createPrivateKey(pem), Buffer.from(secret.trim(), 'hex'))
}

function keysOf(signing: KeyObject, field: Buffer): Keys {
  const verifying = createPublicKey(signing)
  const keyId = digest(verifying.export({ type: 'spki', format: 'der' }))
  const fieldId = digest(field)
  const blinding = createHmac('sha256', field).update('blind').digest()
  return {
    keyId,
    publicKey: verifying.export({ type: 'spki', format: 'pem' }).toString(),
    sign: body => sign(null, Buffer.from(body), signing),
    isSigned: (body, signature, id) => id === keyId && verify(null, Buffer.from(body), verifying, signature),
    seal(value) {
      const salt = randomBytes(16)
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', field, nonce)
      const sealed = Buffer.concat([nonce, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return {
        commitment: createHash('sha256').update(salt).update(value).digest('hex'),
        salt,
        cipher: sealed,
        keyId: fieldId,
      }
    },
    unseal({ cipher, keyId: id }) {
      if (id !== fieldId) throw new Error(`field key ${id} is not in the data directory`)
      const decipher = createDecipheriv('aes-256-gcm', field, cipher.subarray(0, 12))
      decipher.setAuthTag(cipher.subarray(-16))
      return Buffer.concat([decipher.update(cipher.subarray(12, -16)), decipher.final()]).toString('utf8')
    },
    blind: text => createHmac('sha256', blinding).update(text).digest('base64url'),
  }
}

const digest = (content: Uint8Array) => createHash('sha256').update(content).digest('hex').slice(0, 16)

/** The content of a file, written first if it is not there. Of several processes, one writes and all read the same. */
async function once(path: string, make: () => string): Promise<string> {
  const read = () =>
    readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? undefined : Promise.reject(error),
    )
  const known = await read()
  if (known !== undefined) return known
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  await file.writeFile(make())
  await file.sync()
  await file.close()
  await link(draft, path).catch((error: NodeJS.ErrnoException) =>
    error.code === 'EEXIST' ? undefined : Promise.reject(error),
  )
  await rm(draft)
  return (await read())!
}
