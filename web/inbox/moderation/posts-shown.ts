import { createContext } from 'react'

/** Ids of the posts of a thread that are on screen: what stands of them is asked for all at once. */
export const PostsShown = createContext<readonly string[]>([])
