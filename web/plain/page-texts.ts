import { createContext, useContext } from 'react'
import { useTexts } from '../platform/i18n.ts'

/** Whose words the shared parts of a page use. */
export const PageTexts = createContext('')

export const usePageTexts = () => useTexts(useContext(PageTexts))
