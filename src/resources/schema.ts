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

export const updateBody = body({
  name: text({ max: 150 }),
  description: optional(text({ max: 4096, blank: true })),
  // A PUT without it takes the end date away; a PATCH without it leaves it.
  end_date: withDefault(nullable(date()), null),
})

export const suggestNameBody = body({ project: uuid(), offering: uuid() })
export const backendIdBody = body({ backend_id: withDefault(text({ max: 255, blank: true }), '') })
export const backendMetadataBody = body({ backend_metadata: dictionary() })
export const erredBody = body({
  error_message: withDefault(text({ blank: true }), ''),
  error_traceback: withDefault(text({ blank: true }), ''),
})
export const limitsBody = body({ limits: dictionaryOf(integer()) })
export const reportBody = body({ report: list(body({ header: text(), body: text() })) })
export const endDateBody = body({ end_date: optional(nullable(date())) })
export const slugBody = body({ slug: slug({ max: 50 }) })
export const pausedBody = body({ paused: optional(boolean()) })
export const downscaledBody = body({ downscaled: optional(boolean()) })
export const restrictBody = body({ restrict_member_access: optional(boolean()) })
