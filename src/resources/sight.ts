// Whether the caller sees a resource at all, from either side.
import { sql } from 'kysely'
import type { Actor } from '../platform/auth/actor.ts'
import type { Executor } from '../platform/db/database.ts'
import { findSubject } from '../platform/http/collection.ts'
import type { Viewer } from '../platform/http/context.ts'
import type { Condition } from '../platform/http/filters.ts'
import { isSeen } from '../platform/http/sight.ts'
import { consumerResources, providerResources } from './list.ts'
import type { ResourceSubject } from './subject.ts'

/** Over the alias `r`: as one of those who use it, or of those who provide it. */
export const seesResource = (actor: Actor | undefined): Condition =>
  sql`((${isSeen(consumerResources, actor)}) or (${isSeen(providerResources, actor)}))`

/** The resource of that uuid, if the caller sees it from either side. */
export const findSeenResource = async (db: Executor, viewer: Viewer, uuid: string): Promise<ResourceSubject | undefined> =>
  (await findSubject(db, providerResources, viewer, uuid)) ?? (await findSubject(db, consumerResources, viewer, uuid))
