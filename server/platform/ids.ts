import { v7 } from 'uuid'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A new id: UUID v7 (RFC 9562), ordered by time of creation, never used as a cursor of live reading. */
export const newId = (): string => v7()

export const isId = (text: string): boolean => UUID.test(text)
