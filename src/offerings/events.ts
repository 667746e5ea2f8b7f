// What is told of offerings, tied to the offering and the organization that provides it (platform.md §13).
import { type NewEvent, prefixed } from '../platform/events/record.ts'
import type { ProviderOffering } from './subject.ts'

const hex = (uuid: string) => uuid.replaceAll('-', '')

type Told = Pick<ProviderOffering, 'id' | 'uuid' | 'name' | 'customer_id' | 'customer_uuid' | 'customer_name'>

const told = (type: string, message: string, offering: Told, more: { [key: string]: unknown } = {}): NewEvent => ({
  type,
  message,
  context: {
    ...prefixed('offering', { uuid: hex(offering.uuid), name: offering.name }),
    ...prefixed('customer', { uuid: hex(offering.customer_uuid), name: offering.customer_name }),
    ...more,
  },
  scopes: [
    ['offering', offering.id],
    ['customer', offering.customer_id],
  ],
})

export const offeringCreated = (offering: Told): NewEvent =>
  told('marketplace_offering_created', `Offering ${offering.name} has been created.`, offering)

export const offeringUpdated = (offering: Told): NewEvent =>
  told('marketplace_offering_updated', `Offering ${offering.name} has been updated.`, offering)

export const componentEvent = (what: 'created' | 'updated' | 'deleted', offering: Told, { type }: { type: string }): NewEvent =>
  told(`marketplace_offering_component_${what}`, `Component ${type} of offering ${offering.name} has been ${what}.`, offering, {
    component_type: type,
  })
