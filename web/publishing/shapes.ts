import type { Delivery, DeliveryState } from '../../contract/publishing.ts'

export type { Delivery, DeliveryState }

export const DELIVERY_STATES = [
  'queued',
  'sending',
  'sent',
  'refused',
  'unknown',
  'cancelled',
] as const satisfies DeliveryState[]
