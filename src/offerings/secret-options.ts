// Secrets of the provider's systems: sealed as a whole in the database, so SQL cannot show them; they are opened here for one
// offering at a time.
import { seal, unseal } from '../platform/auth/token.ts'

type SecretOptions = { [name: string]: unknown }

export const readSecretOptions = (secretKey: string, sealed: Buffer | null): SecretOptions =>
  sealed === null ? {} : (JSON.parse(unseal(secretKey, sealed)) as SecretOptions)

/** Null when there is nothing to keep. */
export const sealSecretOptions = (secretKey: string, options: SecretOptions): Buffer | null =>
  Object.keys(options).length === 0 ? null : seal(secretKey, JSON.stringify(options))

/** The JSON text of an offering with its secrets as a further key. `text` is an object. */
export const withSecretOptions = (text: string, options: SecretOptions): string =>
  `${text.slice(0, -1)}${text === '{}' ? '' : ','}"secret_options":${JSON.stringify(options)}}`
