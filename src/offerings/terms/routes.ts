import { customerIsOpen } from '../../core/public.ts'
import { type Api, create, destroy, detail, list, update } from '../../platform/http/api.ts'
import { createTerms, createTermsBody, deleteTerms, mayCreateTerms, mayUpdateTerms, updateTerms, updateTermsBody } from './commands.ts'
import { terms } from './list.ts'
import { createdTermsView } from './view.ts'

export function termsRoutes(api: Api): void {
  list(api, terms)
  detail(api, terms)
  create(api, terms, {
    summary: 'Add terms of service to an offering; active ones take the place of those that are',
    body: createTermsBody,
    allowed: mayCreateTerms,
    answer: createdTermsView,
    run: createTerms,
  })
  const may = { permission: mayUpdateTerms, checks: [customerIsOpen] }
  update(api, terms, { ...may, summary: 'Change terms of service, or whether they hold', body: updateTermsBody, run: updateTerms })
  destroy(api, terms, { ...may, summary: 'Delete terms of service', run: deleteTerms })
}
