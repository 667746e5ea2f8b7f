// URLs of objects in bodies. What the caller does not see does not exist, so a link is looked up as the caller would; what is
// found is neither changed nor removed until the operation that refers to it has ended.
import { type Collection, findSubject } from './collection.ts'
import type { LinkContext } from './operation.ts'
import { link, linkList } from './shapes.ts'

const target = <Row>(collection: Collection<Row>) => ({
  path: collection.path,
  find: (uuid: string, context: unknown): Promise<Row | undefined> => {
    const { tx, viewer } = context as LinkContext
    return findSubject(tx, collection, viewer, uuid, { holding: [collection.view.alias] })
  },
})

/** The URL of one row of a collection; parsed into the row's subject. */
export const linkTo = <Row>(collection: Collection<Row>) => link(target(collection))

/** A list of such URLs. */
export const linksTo = <Row>(collection: Collection<Row>) => linkList(target(collection))
