// What a module is to the whole: its endpoints, and what it declares (wiring.ts).
import type { Api } from './http/api.ts'
import type { Wiring } from './wiring.ts'

export type Module = Partial<Wiring> & {
  /** Registers the module's endpoints. */
  routes?: (api: Api) => void
}
