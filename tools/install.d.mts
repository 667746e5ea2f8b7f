// What other programs of the project use of install.mjs, which has no types because it runs before there is a compiler.
export const root: string
export const node: string
export const MEMORY: string[]
export const environment: NodeJS.ProcessEnv
export function warm(): void
export function ensureInstalled(): Promise<void>
export function run(words: string[]): void
