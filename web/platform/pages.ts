/** Lists come in pages, and each says where the next one begins. For infiniteOptions. */
export const byCursor = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ nextCursor }: { nextCursor: string | null }) => nextCursor ?? undefined,
}

/** The part of a list's input that asks for a page. */
export const pageAfter = (after: string | undefined, limit: number) => ({ limit, ...(after ? { after } : {}) })
