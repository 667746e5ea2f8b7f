import { customerIsOpen } from '../../core/public.ts'
import { type Api, create, destroy, detail, list, update } from '../../platform/http/api.ts'
import {
  addOfferingFile,
  addScreenshot,
  deleteOfferingFile,
  deleteScreenshot,
  mayAddFile,
  mayAddScreenshot,
  mayRemoveFile,
  offeringFileBody,
  ofScreenshot,
  screenshotBody,
  updateScreenshot,
} from './commands.ts'
import { offeringFiles, screenshots } from './list.ts'

export function attachedRoutes(api: Api): void {
  list(api, screenshots)
  detail(api, screenshots)
  create(api, screenshots, {
    summary: 'Add a screenshot to an offering',
    body: screenshotBody,
    allowed: mayAddScreenshot,
    run: addScreenshot,
  })
  update(api, screenshots, {
    summary: 'Change a screenshot',
    permission: ofScreenshot('OFFERING.UPDATE_SCREENSHOT'),
    checks: [customerIsOpen],
    body: screenshotBody,
    run: updateScreenshot,
  })
  destroy(api, screenshots, {
    summary: 'Remove a screenshot',
    permission: ofScreenshot('OFFERING.DELETE_SCREENSHOT'),
    checks: [customerIsOpen],
    run: deleteScreenshot,
  })
  list(api, offeringFiles)
  detail(api, offeringFiles)
  create(api, offeringFiles, { summary: 'Add a file to an offering', body: offeringFileBody, allowed: mayAddFile, run: addOfferingFile })
  destroy(api, offeringFiles, {
    summary: 'Remove a file from an offering',
    permission: mayRemoveFile,
    checks: [customerIsOpen],
    run: deleteOfferingFile,
  })
}
