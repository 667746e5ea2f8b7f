import { type Api, action, create, destroy, detail, list, update } from '../../platform/http/api.ts'
import { deleteConsent, giveConsent, giveConsentBody, isOwn, mayRevoke, renewConsent, renewConsentBody, revokeConsent } from './commands.ts'
import { consents } from './list.ts'
import { consentView, givenConsentView } from './view.ts'

export function consentRoutes(api: Api): void {
  list(api, consents)
  detail(api, consents)
  create(api, consents, {
    summary: 'Agree to the active terms of service of an offering',
    permission: 'anyone with a token',
    body: giveConsentBody,
    answer: givenConsentView,
    run: giveConsent,
  })
  update(api, consents, {
    summary: 'Agree to the version of the terms that is active now',
    permission: isOwn,
    body: renewConsentBody,
    run: renewConsent,
  })
  action(api, consents, 'revoke', { summary: 'Take a consent back', permission: mayRevoke, answer: consentView, run: revokeConsent })
  // A consent that ends is revoked; what was agreed to is nobody's to wipe out but the site's.
  destroy(api, consents, { summary: 'Delete a consent', permission: (actor) => actor.is_staff, run: deleteConsent })
}
