// The code that signs what a provider reports to the platform: readable again, so kept sealed and not hashed.
import { randomInt } from 'node:crypto'
import { seal, unseal } from '../platform/auth/token.ts'

// Without letters and digits that look like others.
const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789'
const LENGTH = 16

/** Sixteen letters and digits from the system's random source. */
export const newSecretCode = (): string => Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('')

export const sealSecretCode = (secretKey: string, code: string): Buffer => seal(secretKey, code)
export const openSecretCode = (secretKey: string, sealed: Buffer): string => unseal(secretKey, sealed)
