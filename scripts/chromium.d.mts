export const CHROMIUM_FLAGS: string[]
export function findChromium(options?: { install?: boolean }): string | null
