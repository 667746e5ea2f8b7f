// Screenshots and files of offerings: by themselves, and inside the offering.
import { datetime, type Fields, fileUrl, list, nullable, text, url, uuid, type View } from '../../platform/http/view.ts'

export const SCREENSHOTS_PATH = '/api/marketplace-screenshots/'
export const FILES_PATH = '/api/marketplace-offering-files/'

const screenshot: Fields = {
  name: text('screenshot.name'),
  uuid: uuid('screenshot.uuid'),
  description: text('screenshot.description'),
  image: fileUrl('image.uuid'),
  // The same picture: points of pictures are not unfolded here, so none is made smaller (docs/decisions/0032).
  thumbnail: nullable(fileUrl('image.uuid')),
  created: datetime('screenshot.created'),
}

const file: Fields = {
  name: text('attached.name'),
  created: datetime('attached.created'),
  file: fileUrl('file.uuid'),
}

const offering = url('/api/marketplace-provider-offerings/{}/', 'offering.uuid')
const toOffering = (alias: string) => ({
  offering: `join offering on offering.id = ${alias}.offering_id`,
  provider: 'join customer provider on provider.id = offering.customer_id',
  parent: 'left join offering parent on parent.id = offering.parent_id',
})
const toImage = { image: 'join file image on image.id = screenshot.image_id' }
const toFile = { file: 'join file on file.id = attached.file_id' }

export const screenshotView: View = {
  name: 'Screenshot',
  from: 'offering_screenshot screenshot',
  alias: 'screenshot',
  joins: { ...toOffering('screenshot'), ...toImage },
  fields: { url: url(`${SCREENSHOTS_PATH}{}/`, 'screenshot.uuid'), ...screenshot, offering, customer_uuid: uuid('provider.uuid') },
}

export const offeringFileView: View = {
  name: 'OfferingFile',
  from: 'offering_file attached',
  alias: 'attached',
  joins: { ...toOffering('attached'), ...toFile },
  fields: { url: url(`${FILES_PATH}{}/`, 'attached.uuid'), uuid: uuid('attached.uuid'), ...file, offering },
}

/** Fields of the offering over the alias `offering`. */
export const attachedFields: Fields = {
  screenshots: list(
    screenshot,
    `from offering_screenshot screenshot ${toImage.image} where screenshot.offering_id = offering.id`,
    'screenshot.created, screenshot.id',
  ),
  files: list(file, `from offering_file attached ${toFile.file} where attached.offering_id = offering.id`, 'attached.created, attached.id'),
}
