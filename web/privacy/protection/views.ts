/** The parts of the place, in their order; stand in its address. */
export const PROTECTION_VIEWS = ['requests', 'copies', 'erasures', 'consents', 'retention', 'record', 'rules'] as const
export type ProtectionView = (typeof PROTECTION_VIEWS)[number]
