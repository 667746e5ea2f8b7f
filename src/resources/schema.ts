// What may be sent about resources.
import {
  body,
  boolean,
  date,
  dictionary,
  dictionaryOf,
  integer,
  list,
  nullable,
  optional,
  slug,
  text,
  uuid,
  withDefault,
} from '../platform/http/shapes.ts'

export const updateBody = body('ResourceUpdateRequest', {
  name: text({ max: 150 }),
  description: optional(text({ max: 4096, blank: true })),
  // A PUT without it takes the end date away; a PATCH without it leaves it.
  end_date: withDefault(nullable(date()), null),
})

export const suggestNameBody = body('ResourceSuggestNameRequest', { project: uuid(), offering: uuid() })
export const backendIdBody = body('ResourceBackendIDRequest', { backend_id: withDefault(text({ max: 255, blank: true }), '') })
export const backendMetadataBody = body('ResourceBackendMetadataRequest', { backend_metadata: dictionary() })
export const erredBody = body('ResourceSetStateErredRequest', {
  error_message: withDefault(text({ blank: true }), ''),
  error_traceback: withDefault(text({ blank: true }), ''),
})
export const limitsBody = body('ResourceSetLimitsRequest', { limits: dictionaryOf(integer()) })
export const reportBody = body('ResourceReportRequest', { report: list(body({ header: text(), body: text() })) })
export const endDateBody = body('ResourceEndDateByProviderRequest', { end_date: optional(nullable(date())) })
export const slugBody = body('ResourceSlugRequest', { slug: slug({ max: 50 }) })
export const pausedBody = body('ResourcePausedRequest', { paused: optional(boolean()) })
export const downscaledBody = body('ResourceDownscaledRequest', { downscaled: optional(boolean()) })
export const restrictBody = body('ResourceRestrictMemberAccessRequest', { restrict_member_access: optional(boolean()) })
