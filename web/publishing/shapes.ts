import type { Delivery, DeliveryState } from '../../contract/publishing.ts'

export type { Delivery, DeliveryState }
