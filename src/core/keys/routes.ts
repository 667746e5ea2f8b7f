import { type Api, create, destroy, detail, list } from '../../platform/http/api.ts'
import { createKey, deleteKey, mayDelete, sshKeyBody } from './commands.ts'
import { keys } from './list.ts'

export function keyRoutes(api: Api): void {
  list(api, keys)
  detail(api, keys)
  create(api, keys, { summary: 'Add an SSH key to your own', permission: 'anyone with a token', body: sshKeyBody, run: createKey })
  destroy(api, keys, { summary: 'Delete an SSH key', permission: mayDelete, run: deleteKey })
}
